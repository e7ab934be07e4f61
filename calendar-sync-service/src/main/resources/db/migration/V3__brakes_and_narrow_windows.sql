-- A window whose rounds never ended is read in part for a day.
ALTER TABLE remote_calendar
    ADD COLUMN narrowed_months integer,
    ADD COLUMN narrowed_at timestamptz;

-- Removals of the last hour count for the brake too, or a feed could be emptied in small bites.
ALTER TABLE feed
    ADD COLUMN removals_counted integer NOT NULL DEFAULT 0,
    ADD COLUMN removals_counted_since timestamptz;

-- The appointment is gone from scheduling-service and nobody said why: the event waits for the brake's judgement.
ALTER TABLE published_event ADD COLUMN removal_held boolean NOT NULL DEFAULT false;
CREATE INDEX published_event_removal_held ON published_event (feed_id) WHERE removal_held;
