-- The outbox of messages by e-mail: ids alone, never an address or a text. `occasion` makes each message one: the
-- appointment's version, a reminder's start, or the name that the caller gave.
CREATE TABLE message (
    id              uuid PRIMARY KEY,
    organisation_id uuid NOT NULL,
    kind            text NOT NULL CHECK (kind IN
        ('BOOKED', 'CONFIRMED', 'MOVED', 'CANCELLED', 'REMINDER', 'RECONNECT_NEEDED')),
    appointment_id  uuid,
    attendee_id     uuid,
    staff_id        uuid,
    occasion        text NOT NULL,
    state           text NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING', 'SENT', 'DROPPED')),
    reason          text,
    attempts        int NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    useful_until    timestamptz NOT NULL,
    lease           uuid,
    leased_until    timestamptz,
    created_at      timestamptz NOT NULL,
    ended_at        timestamptz,
    CHECK ((kind = 'RECONNECT_NEEDED') = (staff_id IS NOT NULL)),
    CHECK ((staff_id IS NULL) = (appointment_id IS NOT NULL)),
    CHECK ((appointment_id IS NULL) = (attendee_id IS NULL)),
    CHECK ((state = 'WAITING') = (ended_at IS NULL)),
    UNIQUE NULLS NOT DISTINCT (appointment_id, attendee_id, staff_id, kind, occasion),
    FOREIGN KEY (organisation_id, appointment_id) REFERENCES appointment (organisation_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organisation_id, staff_id) REFERENCES staff (organisation_id, id) ON DELETE CASCADE
);
CREATE INDEX message_due ON message (next_attempt_at) WHERE state = 'WAITING';
CREATE INDEX message_ended ON message (ended_at) WHERE state <> 'WAITING';
