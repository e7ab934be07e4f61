-- How long before the start clients may still move or cancel by themselves (the longer one of organisation and service
-- counts), and when they are reminded (0: never).
ALTER TABLE organisation
    ADD COLUMN move_cut_off_minutes   int NOT NULL DEFAULT 0 CHECK (move_cut_off_minutes >= 0),
    ADD COLUMN cancel_cut_off_minutes int NOT NULL DEFAULT 0 CHECK (cancel_cut_off_minutes >= 0),
    ADD COLUMN reminder_minutes       int NOT NULL DEFAULT 1440 CHECK (reminder_minutes >= 0);
ALTER TABLE service
    ADD COLUMN move_cut_off_minutes   int NOT NULL DEFAULT 0 CHECK (move_cut_off_minutes >= 0),
    ADD COLUMN cancel_cut_off_minutes int NOT NULL DEFAULT 0 CHECK (cancel_cut_off_minutes >= 0);

-- Links by which a client manages their own booking. The token is random and goes to the client alone; each message has
-- one of its own, so that none has to be kept.
CREATE TABLE management_link (
    token_hash      bytea PRIMARY KEY,
    organisation_id uuid NOT NULL,
    appointment_id  uuid NOT NULL,
    attendee_id     uuid NOT NULL,
    created_at      timestamptz NOT NULL,
    FOREIGN KEY (organisation_id, appointment_id) REFERENCES appointment (organisation_id, id) ON DELETE CASCADE
);
CREATE INDEX management_link_appointment ON management_link (organisation_id, appointment_id);

-- What the public pages have been used for lately, by hashed address and by organisation; bucket4j's own form.
CREATE UNLOGGED TABLE public_limit (
    id         text PRIMARY KEY,
    state      bytea,
    expires_at bigint
);
CREATE INDEX public_limit_expiry ON public_limit (expires_at);
