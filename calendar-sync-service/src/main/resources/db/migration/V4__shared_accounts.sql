-- The owner of a connection lets a colleague use its account (J9): to write to one of its calendars, or to take busy time
-- from one.
CREATE TABLE connection_share (
    organisation_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    granted_by uuid NOT NULL,
    granted_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, connection_id, staff_id),
    FOREIGN KEY (organisation_id, connection_id) REFERENCES connection (organisation_id, id) ON DELETE CASCADE
);
CREATE INDEX connection_share_staff ON connection_share (organisation_id, staff_id);
