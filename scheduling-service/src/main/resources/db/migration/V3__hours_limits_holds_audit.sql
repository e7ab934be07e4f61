-- Hours may belong to one location; without one they hold wherever the staff member is.
ALTER TABLE working_hours
    ADD COLUMN location_id uuid,
    DROP CONSTRAINT working_hours_pkey,
    ADD CONSTRAINT working_hours_once
        UNIQUE NULLS NOT DISTINCT (staff_id, day_of_week, start_minute, end_minute, location_id),
    ADD FOREIGN KEY (organisation_id, location_id) REFERENCES location (organisation_id, id);

-- The hours of one date instead of its weekday's. A date that is closed has one row without minutes.
CREATE TABLE hours_exception (
    organisation_id uuid NOT NULL,
    staff_id        uuid NOT NULL,
    date            date NOT NULL,
    start_minute    int CHECK (start_minute BETWEEN 0 AND 1439),
    end_minute      int CHECK (end_minute > start_minute AND end_minute <= start_minute + 1440),
    location_id     uuid,
    CHECK ((start_minute IS NULL) = (end_minute IS NULL)),
    CONSTRAINT hours_exception_once UNIQUE NULLS NOT DISTINCT (staff_id, date, start_minute, end_minute, location_id),
    FOREIGN KEY (organisation_id, staff_id) REFERENCES staff (organisation_id, id),
    FOREIGN KEY (organisation_id, location_id) REFERENCES location (organisation_id, id)
);

ALTER TABLE location ADD COLUMN active boolean NOT NULL DEFAULT true;

-- Clients are looked for by parts of words; this needs no more than the owner of the database may do.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
ALTER TABLE client
    ADD COLUMN active boolean NOT NULL DEFAULT true,
    ADD COLUMN search text NOT NULL
        GENERATED ALWAYS AS (lower(name || ' ' || coalesce(email, '') || ' ' || coalesce(phone, ''))) STORED;
CREATE INDEX client_search ON client USING gin (search gin_trgm_ops);

-- How many appointments of a service a day may have, of one staff member and of all together.
ALTER TABLE service
    ADD COLUMN max_per_day_staff int CHECK (max_per_day_staff > 0),
    ADD COLUMN max_per_day_organisation int CHECK (max_per_day_organisation > 0);
CREATE INDEX appointment_service_day ON appointment (service_id, start_at) INCLUDE (staff_id)
    WHERE status <> 'CANCELLED';

-- Whose hold it is, of which service, and when the appointment itself would begin.
ALTER TABLE occupancy
    ADD COLUMN holder text,
    ADD COLUMN hold_service_id uuid,
    ADD COLUMN hold_start_at timestamptz,
    ADD FOREIGN KEY (organisation_id, hold_service_id) REFERENCES service (organisation_id, id);
CREATE INDEX occupancy_holds ON occupancy (hold_service_id, hold_start_at) INCLUDE (staff_id, expires_at)
    WHERE kind = 'HOLD';
CREATE INDEX occupancy_expiry ON occupancy (expires_at) WHERE kind = 'HOLD';

-- Repeating time off: one row an occurrence. The local times are kept, so that a change of zone keeps them.
ALTER TABLE time_off
    ADD COLUMN series_id uuid,
    ADD COLUMN local_start timestamp,
    ADD COLUMN local_end timestamp,
    ADD CHECK ((local_start IS NULL) = (local_end IS NULL));
CREATE INDEX time_off_series ON time_off (organisation_id, series_id, start_at) WHERE series_id IS NOT NULL;

-- Who did what, by ids only; nobody changes or removes a line, not even the service.
CREATE TABLE audit_entry (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    at              timestamptz NOT NULL,
    actor           text NOT NULL,
    action          text NOT NULL,
    entity_id       uuid NOT NULL
);
CREATE INDEX audit_entry_organisation ON audit_entry (organisation_id, id);
CREATE FUNCTION audit_entry_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_stays();

-- A version of all that decides what can be booked, except busy time: whoever read it under the same version need not
-- read it again. The row's lock lets writers of one organisation follow each other, so a version that a reader sees
-- covers all that was committed under it.
CREATE TABLE setup (
    organisation_id uuid PRIMARY KEY REFERENCES organisation (id),
    version         bigint NOT NULL
);
INSERT INTO setup (organisation_id, version) SELECT id, 1 FROM organisation;
CREATE FUNCTION setup_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO setup (organisation_id, version)
    VALUES (CASE WHEN TG_OP = 'DELETE' THEN OLD.organisation_id ELSE NEW.organisation_id END, 1)
    ON CONFLICT (organisation_id) DO UPDATE SET version = setup.version + 1;
    RETURN NULL;
END $$;
CREATE FUNCTION setup_of_organisation_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO setup (organisation_id, version) VALUES (NEW.id, 1)
    ON CONFLICT (organisation_id) DO UPDATE SET version = setup.version + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER setup_changes AFTER INSERT OR UPDATE ON organisation
    FOR EACH ROW EXECUTE FUNCTION setup_of_organisation_changes();
CREATE TRIGGER setup_changes AFTER INSERT OR UPDATE OR DELETE ON staff
    FOR EACH ROW EXECUTE FUNCTION setup_changes();
CREATE TRIGGER setup_changes AFTER INSERT OR UPDATE OR DELETE ON working_hours
    FOR EACH ROW EXECUTE FUNCTION setup_changes();
CREATE TRIGGER setup_changes AFTER INSERT OR UPDATE OR DELETE ON hours_exception
    FOR EACH ROW EXECUTE FUNCTION setup_changes();
CREATE TRIGGER setup_changes AFTER INSERT OR UPDATE OR DELETE ON service
    FOR EACH ROW EXECUTE FUNCTION setup_changes();
CREATE TRIGGER setup_changes AFTER INSERT OR UPDATE OR DELETE ON service_staff
    FOR EACH ROW EXECUTE FUNCTION setup_changes();
CREATE TRIGGER setup_changes AFTER INSERT OR UPDATE OR DELETE ON location
    FOR EACH ROW EXECUTE FUNCTION setup_changes();
