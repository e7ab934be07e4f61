-- The gateway's own tables belong to the installation, not to an organisation: who signs in here is known to the services
-- only, by (issuer, subject).
create table session (
    id_hash           bytea primary key,      -- SHA-256 of the cookie's value, which is stored nowhere
    key_id            text not null,          -- which of TIMETETHER_SECRET_KEYS has sealed the row
    sealed            bytea not null,         -- name and tokens, AES-256-GCM bound to id_hash
    access_expires_at timestamptz not null,
    expires_at        timestamptz not null,
    created_at        timestamptz not null
);
create index session_by_expiry on session (expires_at);
