-- What integrators' programs sign in with. The secret itself is known only to whom it was given.
CREATE TABLE machine_client (
    id              uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    name            text NOT NULL,
    scopes          text[] NOT NULL CHECK (cardinality(scopes) > 0),
    secret_hash     bytea NOT NULL,
    created_by      uuid NOT NULL,
    created_at      timestamptz NOT NULL,
    last_used_at    timestamptz,
    revoked_at      timestamptz,
    UNIQUE (organisation_id, id)
);
CREATE INDEX machine_client_listed ON machine_client (organisation_id, created_at DESC, id DESC);
