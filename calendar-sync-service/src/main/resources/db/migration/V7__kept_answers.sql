-- Answers of creating requests that carried an Idempotency-Key, for a day. The row is there before the work begins and names
-- the id that what is created will have: a retry after a crash finds it by that id. The answer is sealed.
CREATE TABLE idempotency_key (
    organisation_id uuid NOT NULL,
    caller uuid NOT NULL,
    operation text NOT NULL,
    key text NOT NULL,
    body_hash bytea NOT NULL,
    makes uuid NOT NULL,
    -- While it lies ahead and there is no answer, the request is running.
    running_until timestamptz NOT NULL,
    answer text,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, caller, operation, key)
);
CREATE INDEX idempotency_key_age ON idempotency_key (created_at);
