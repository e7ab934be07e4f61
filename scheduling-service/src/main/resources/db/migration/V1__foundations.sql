-- Every table carries organisation_id, and every foreign key between tables of an organisation carries it too, so that
-- a row of one organisation can never point into another. The exceptions (organisation itself, person, the
-- installation's own tables) are listed by name in SchemaIT.
-- Runs on PostgreSQL 15 to 18: no uuidv7(), no NOT NULL constraints NOT VALID, no temporal keys.

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- One row: what makes this installation different from a copy of it (together with PostgreSQL's own identity).
CREATE TABLE installation (
    only_one   boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    id         uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO installation DEFAULT VALUES;

CREATE TABLE organisation (
    id              uuid PRIMARY KEY,
    slug            text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9](-?[a-z0-9])*$'),
    name            text NOT NULL,
    plan            text NOT NULL CHECK (plan IN ('STARTER', 'PROFESSIONAL', 'BUSINESS')),
    time_zone       text NOT NULL,
    outbound_prefix text NOT NULL DEFAULT '[tt]' CHECK (outbound_prefix <> ''),
    stale_policy    text NOT NULL DEFAULT 'KEEP_LAST_KNOWN' CHECK (stale_policy IN ('KEEP_LAST_KNOWN', 'CLOSE_BOOKING')),
    version         bigint NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL
);

-- Numbers of appointments and time off: handed out in blocks, so that no booking waits for another one's number.
CREATE TABLE entry_number (
    organisation_id uuid PRIMARY KEY REFERENCES organisation (id),
    next_number     bigint NOT NULL DEFAULT 1
);

CREATE TABLE location (
    id              uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    name            text NOT NULL,
    address         text,
    time_zone       text,
    version         bigint NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    UNIQUE (organisation_id, id)
);

CREATE TABLE staff (
    id              uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    name            text NOT NULL,
    email           text NOT NULL,
    time_zone       text NOT NULL,
    active          boolean NOT NULL,
    version         bigint NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    UNIQUE (organisation_id, id)
);

-- Minutes of the local day in the staff member's zone; an end above 1440 lies on the next day.
CREATE TABLE working_hours (
    organisation_id uuid NOT NULL,
    staff_id        uuid NOT NULL,
    day_of_week     int NOT NULL CHECK (day_of_week BETWEEN 1 AND 7),
    start_minute    int NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
    end_minute      int NOT NULL CHECK (end_minute > start_minute AND end_minute <= start_minute + 1440),
    PRIMARY KEY (staff_id, day_of_week, start_minute, end_minute),
    FOREIGN KEY (organisation_id, staff_id) REFERENCES staff (organisation_id, id)
);

-- A person's sign-in belongs to one organisation, an operator's to none.
CREATE TABLE person (
    id                    uuid PRIMARY KEY,
    organisation_id       uuid REFERENCES organisation (id),
    staff_id              uuid,
    role                  text NOT NULL CHECK (role IN ('OPERATOR', 'ADMIN', 'STAFF')),
    name                  text NOT NULL,
    email                 text NOT NULL,
    issuer                text,
    subject               text,
    invitation_hash       bytea UNIQUE,
    invitation_expires_at timestamptz,
    version               bigint NOT NULL,
    created_at            timestamptz NOT NULL,
    updated_at            timestamptz NOT NULL,
    UNIQUE (issuer, subject),
    CHECK ((issuer IS NULL) = (subject IS NULL)),
    CHECK ((role = 'OPERATOR') = (organisation_id IS NULL)),
    CHECK (role <> 'STAFF' OR staff_id IS NOT NULL),
    CHECK (staff_id IS NULL OR organisation_id IS NOT NULL),
    FOREIGN KEY (organisation_id, staff_id) REFERENCES staff (organisation_id, id)
);
CREATE INDEX person_organisation ON person (organisation_id, name, id);

CREATE TABLE service (
    id                     uuid PRIMARY KEY,
    organisation_id        uuid NOT NULL REFERENCES organisation (id),
    name                   text NOT NULL,
    duration_minutes       int NOT NULL CHECK (duration_minutes BETWEEN 1 AND 1440),
    buffer_before_minutes  int NOT NULL CHECK (buffer_before_minutes BETWEEN 0 AND 480),
    buffer_after_minutes   int NOT NULL CHECK (buffer_after_minutes BETWEEN 0 AND 480),
    slot_grid_minutes      int NOT NULL CHECK (slot_grid_minutes IN (5, 10, 15, 20, 30, 60)),
    minimum_notice_minutes int NOT NULL CHECK (minimum_notice_minutes >= 0),
    horizon_days           int NOT NULL CHECK (horizon_days BETWEEN 1 AND 1100),
    needs_confirmation     boolean NOT NULL,
    offered_by_all         boolean NOT NULL,
    location_id            uuid,
    active                 boolean NOT NULL,
    version                bigint NOT NULL,
    created_at             timestamptz NOT NULL,
    updated_at             timestamptz NOT NULL,
    UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, location_id) REFERENCES location (organisation_id, id)
);

CREATE TABLE service_staff (
    organisation_id uuid NOT NULL,
    service_id      uuid NOT NULL,
    staff_id        uuid NOT NULL,
    PRIMARY KEY (service_id, staff_id),
    FOREIGN KEY (organisation_id, service_id) REFERENCES service (organisation_id, id),
    FOREIGN KEY (organisation_id, staff_id) REFERENCES staff (organisation_id, id)
);

CREATE TABLE client (
    id              uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    name            text NOT NULL,
    email           text,
    phone           text,
    version         bigint NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    UNIQUE (organisation_id, id)
);
CREATE INDEX client_name ON client (organisation_id, name, id);
CREATE INDEX client_email ON client (organisation_id, lower(email)) WHERE email IS NOT NULL;

-- An appointment has no client of its own: its clients are its attendees (one, unless it is a group session).
CREATE TABLE appointment (
    id              uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    number          bigint NOT NULL,
    staff_id        uuid NOT NULL,
    service_id      uuid NOT NULL,
    location_id     uuid,
    start_at        timestamptz NOT NULL,
    end_at          timestamptz NOT NULL CHECK (end_at > start_at),
    status          text NOT NULL CHECK (status IN
        ('PENDING', 'OPEN', 'CONFIRMED', 'CHECKED_IN', 'IN_PROGRESS', 'COMPLETED', 'NO_SHOW', 'CANCELLED')),
    note            text,
    cancel_reason   text,
    version         bigint NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    UNIQUE (organisation_id, id),
    UNIQUE (organisation_id, number),
    FOREIGN KEY (organisation_id, staff_id) REFERENCES staff (organisation_id, id),
    FOREIGN KEY (organisation_id, service_id) REFERENCES service (organisation_id, id),
    FOREIGN KEY (organisation_id, location_id) REFERENCES location (organisation_id, id)
);
CREATE INDEX appointment_start ON appointment (organisation_id, start_at, id);
CREATE INDEX appointment_staff ON appointment (staff_id, start_at, id) INCLUDE (end_at, status);

CREATE TABLE attendee (
    id              uuid PRIMARY KEY,
    organisation_id uuid NOT NULL,
    appointment_id  uuid NOT NULL,
    client_id       uuid NOT NULL,
    position        int NOT NULL,
    status          text NOT NULL CHECK (status IN ('BOOKED', 'CANCELLED')),
    UNIQUE (appointment_id, position),
    FOREIGN KEY (organisation_id, appointment_id) REFERENCES appointment (organisation_id, id),
    FOREIGN KEY (organisation_id, client_id) REFERENCES client (organisation_id, id)
);
CREATE INDEX attendee_client ON attendee (organisation_id, client_id);

-- Who changed what, and when; by ids only.
CREATE TABLE appointment_history (
    organisation_id uuid NOT NULL,
    appointment_id  uuid NOT NULL,
    version         bigint NOT NULL,
    at              timestamptz NOT NULL,
    actor           text NOT NULL,
    action          text NOT NULL,
    status          text NOT NULL,
    staff_id        uuid NOT NULL,
    start_at        timestamptz NOT NULL,
    PRIMARY KEY (appointment_id, version),
    FOREIGN KEY (organisation_id, appointment_id) REFERENCES appointment (organisation_id, id)
);

-- The time that appointments and holds take from a staff member, buffers included. A row exists exactly as long as it
-- occupies: cancelling deletes it. An expired hold is deleted by the next writer, under the staff member's lock.
-- The exclusion constraint has the last word; reads go by the covering btree. No row is longer than two days, so
-- that a window can be read from two days before its start on.
CREATE TABLE occupancy (
    id              uuid PRIMARY KEY,
    organisation_id uuid NOT NULL,
    staff_id        uuid NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('APPOINTMENT', 'HOLD')),
    appointment_id  uuid,
    start_at        timestamptz NOT NULL,
    end_at          timestamptz NOT NULL CHECK (end_at > start_at AND end_at - start_at <= interval '48 hours'),
    during          tstzrange NOT NULL GENERATED ALWAYS AS (tstzrange(start_at, end_at)) STORED,
    expires_at      timestamptz,
    CHECK ((kind = 'APPOINTMENT') = (appointment_id IS NOT NULL)),
    CHECK ((kind = 'HOLD') = (expires_at IS NOT NULL)),
    FOREIGN KEY (organisation_id, staff_id) REFERENCES staff (organisation_id, id),
    FOREIGN KEY (organisation_id, appointment_id) REFERENCES appointment (organisation_id, id),
    CONSTRAINT occupancy_no_overlap EXCLUDE USING gist (staff_id WITH =, during WITH &&)
);
CREATE INDEX occupancy_window ON occupancy (staff_id, start_at)
    INCLUDE (end_at, organisation_id, appointment_id, expires_at);
CREATE UNIQUE INDEX occupancy_appointment ON occupancy (appointment_id) WHERE appointment_id IS NOT NULL;

CREATE TABLE time_off (
    id              uuid PRIMARY KEY,
    organisation_id uuid NOT NULL,
    staff_id        uuid NOT NULL,
    number          bigint NOT NULL,
    title           text NOT NULL,
    start_at        timestamptz NOT NULL,
    end_at          timestamptz NOT NULL CHECK (end_at > start_at),
    start_date      date,
    end_date        date,
    version         bigint NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    CHECK ((start_date IS NULL) = (end_date IS NULL)),
    UNIQUE (organisation_id, number),
    FOREIGN KEY (organisation_id, staff_id) REFERENCES staff (organisation_id, id)
);
CREATE INDEX time_off_staff ON time_off (staff_id, end_at) INCLUDE (start_at, organisation_id);

-- One calendar read for one staff member, as calendar-sync registers it. The row outlives the feed (deleted_at), so
-- that a runner that was overtaken cannot bring it back.
CREATE TABLE feed (
    id                   uuid PRIMARY KEY,
    organisation_id      uuid NOT NULL,
    staff_id             uuid NOT NULL,
    fence                bigint NOT NULL,
    calendar_name        text NOT NULL,
    subjects_shared      boolean NOT NULL,
    state                text NOT NULL CHECK (state IN ('FIRST_SYNC', 'ACTIVE', 'PAUSED', 'HELD', 'PARKED')),
    confirmed_at         timestamptz,
    known_from           timestamptz,
    known_until          timestamptz,
    first_sync_completed boolean NOT NULL DEFAULT false,
    deleted_at           timestamptz,
    UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, staff_id) REFERENCES staff (organisation_id, id)
);
CREATE INDEX feed_staff ON feed (staff_id) WHERE deleted_at IS NULL;

-- Imported items with their verdict. Copies of one meeting share copy_key; one of them at most is loaded. The
-- constraint is deferred because a take-over moves the verdict from one row to another.
CREATE SEQUENCE verdict_version;
CREATE TABLE external_time_off (
    id               uuid PRIMARY KEY,
    organisation_id  uuid NOT NULL,
    staff_id         uuid NOT NULL,
    feed_id          uuid NOT NULL,
    item_id          text NOT NULL,
    number           bigint NOT NULL,
    title            text,
    start_at         timestamptz,
    end_at           timestamptz,
    start_date       date,
    end_date         date,
    show_as          text,
    copy_key         text,
    web_link         text,
    last_modified_at timestamptz,
    outcome          text NOT NULL CHECK (outcome IN ('LOADED', 'REJECTED')),
    reason_code      text,
    detail           text,
    verdict_version  bigint NOT NULL,
    UNIQUE (feed_id, item_id),
    UNIQUE (organisation_id, number),
    CHECK (outcome = 'REJECTED' OR end_at > start_at),
    CHECK ((outcome = 'REJECTED') = (reason_code IS NOT NULL)),
    FOREIGN KEY (organisation_id, staff_id) REFERENCES staff (organisation_id, id),
    FOREIGN KEY (organisation_id, feed_id) REFERENCES feed (organisation_id, id),
    CONSTRAINT external_time_off_loaded_once EXCLUDE USING btree (staff_id WITH =, copy_key WITH =)
        WHERE (outcome = 'LOADED' AND copy_key IS NOT NULL) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX external_time_off_window ON external_time_off (staff_id, end_at)
    INCLUDE (start_at, organisation_id) WHERE outcome = 'LOADED';
CREATE INDEX external_time_off_copies ON external_time_off (staff_id, copy_key) WHERE copy_key IS NOT NULL;
CREATE INDEX external_time_off_all_day ON external_time_off (staff_id) WHERE start_date IS NOT NULL;

-- The change log. Rows are written in the writer's transaction without a position; the sequencer numbers committed
-- rows afterwards, so nothing ever becomes visible at a lower position than what was read.
CREATE TABLE change_log (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    position        bigint,
    kind            text NOT NULL CHECK (kind IN
        ('APPOINTMENT', 'ORGANISATION', 'STAFF', 'SERVICE', 'CLIENT', 'LOCATION', 'ERASURE', 'ITEM_VERDICT')),
    organisation_id uuid NOT NULL,
    entity_id       uuid NOT NULL,
    item_id         text,
    at              timestamptz NOT NULL,
    CHECK ((kind = 'ITEM_VERDICT') = (item_id IS NOT NULL))
);
CREATE UNIQUE INDEX change_log_position ON change_log (position) WHERE position IS NOT NULL;
CREATE INDEX change_log_pending ON change_log (id) WHERE position IS NULL;

CREATE TABLE change_head (
    only_one        boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    position        bigint NOT NULL DEFAULT 0,
    compacted_until bigint NOT NULL DEFAULT 0
);
INSERT INTO change_head DEFAULT VALUES;

-- Answers kept for retries, refusals included. Operators have no organisation.
CREATE TABLE idempotency_key (
    organisation_id uuid,
    caller          text NOT NULL,
    operation       text NOT NULL,
    key             text NOT NULL,
    body_hash       bytea NOT NULL,
    status          int NOT NULL,
    location        text,
    etag            text,
    body            text NOT NULL,
    created_at      timestamptz NOT NULL,
    UNIQUE NULLS NOT DISTINCT (organisation_id, caller, operation, key)
);
CREATE INDEX idempotency_key_age ON idempotency_key (created_at);
