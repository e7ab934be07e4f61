-- What Office 365 showed when we last wrote or looked: an event that comes back under another etag was edited there.
ALTER TABLE published_event
    ADD COLUMN etag text,
    -- The time that was last written: a whole read proves only what lies in its window.
    ADD COLUMN starts_at timestamptz,
    ADD COLUMN ends_at timestamptz,
    -- Changed or deleted in Office 365, and not answered yet.
    ADD COLUMN edited boolean NOT NULL DEFAULT false;
CREATE INDEX published_event_in_calendar ON published_event (remote_calendar_id, starts_at) WHERE state = 'WRITTEN';

-- What was last done about an edit, in words without personal content.
ALTER TABLE feed
    ADD COLUMN outside_edit_text text,
    ADD COLUMN outside_edit_at timestamptz;
