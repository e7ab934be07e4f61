-- Versions are drawn, not counted: a database restored from a backup never gives one again that somebody remembers for
-- other contents.
CREATE FUNCTION another_version() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT 1 + floor(random() * 9007199254740990)::bigint
$$;

-- A version of all that takes a staff member's time (occupancy, time_off, external_time_off): whoever read it under the same
-- version need not read it again. Those who write it hold the staff member's lock, so nobody waits for this row besides.
-- A staff member without a row has nothing, or nothing that changed since this table came: version 0.
CREATE TABLE busy_version (
    organisation_id uuid NOT NULL,
    staff_id        uuid PRIMARY KEY,
    version         bigint NOT NULL,
    FOREIGN KEY (organisation_id, staff_id) REFERENCES staff (organisation_id, id)
) WITH (fillfactor = 50);

CREATE FUNCTION busy_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO busy_version (organisation_id, staff_id, version)
        SELECT organisation_id, staff_id, another_version() FROM written GROUP BY 1, 2 ORDER BY 2
        ON CONFLICT (staff_id) DO UPDATE SET version = excluded.version;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO busy_version (organisation_id, staff_id, version)
        SELECT organisation_id, staff_id, another_version() FROM removed GROUP BY 1, 2 ORDER BY 2
        ON CONFLICT (staff_id) DO UPDATE SET version = excluded.version;
    ELSE
        INSERT INTO busy_version (organisation_id, staff_id, version)
        SELECT organisation_id, staff_id, another_version()
        FROM (SELECT organisation_id, staff_id FROM written
              UNION SELECT organisation_id, staff_id FROM removed) changed
        ORDER BY 2
        ON CONFLICT (staff_id) DO UPDATE SET version = excluded.version;
    END IF;
    RETURN NULL;
END $$;

-- Holds that have expired are swept for many staff members at once, without their locks. They did not count before either.
CREATE FUNCTION busy_is_freed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO busy_version (organisation_id, staff_id, version)
    SELECT organisation_id, staff_id, another_version() FROM removed
    WHERE expires_at IS NULL OR expires_at > now() GROUP BY 1, 2 ORDER BY 2
    ON CONFLICT (staff_id) DO UPDATE SET version = excluded.version;
    RETURN NULL;
END $$;

CREATE TRIGGER busy_written AFTER INSERT ON occupancy
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION busy_changes();
CREATE TRIGGER busy_changed AFTER UPDATE ON occupancy
    REFERENCING OLD TABLE AS removed NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION busy_changes();
CREATE TRIGGER busy_removed AFTER DELETE ON occupancy
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION busy_is_freed();

CREATE TRIGGER busy_written AFTER INSERT ON time_off
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION busy_changes();
CREATE TRIGGER busy_changed AFTER UPDATE ON time_off
    REFERENCING OLD TABLE AS removed NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION busy_changes();
CREATE TRIGGER busy_removed AFTER DELETE ON time_off
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION busy_changes();

CREATE TRIGGER busy_written AFTER INSERT ON external_time_off
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION busy_changes();
CREATE TRIGGER busy_changed AFTER UPDATE ON external_time_off
    REFERENCING OLD TABLE AS removed NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION busy_changes();
CREATE TRIGGER busy_removed AFTER DELETE ON external_time_off
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION busy_changes();

-- The setup's versions, too.
CREATE OR REPLACE FUNCTION setup_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO setup (organisation_id, version)
    VALUES (CASE WHEN TG_OP = 'DELETE' THEN OLD.organisation_id ELSE NEW.organisation_id END, another_version())
    ON CONFLICT (organisation_id) DO UPDATE SET version = excluded.version;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION setup_of_organisation_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO setup (organisation_id, version) VALUES (NEW.id, another_version())
    ON CONFLICT (organisation_id) DO UPDATE SET version = excluded.version;
    RETURN NULL;
END $$;
