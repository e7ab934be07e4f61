-- Events in Office 365 that a create made when the row had gone on without it: they are nobody's, and have to go.
ALTER TABLE published_event ADD COLUMN strays text[] NOT NULL DEFAULT '{}';
CREATE INDEX published_event_strays ON published_event (remote_calendar_id) WHERE strays <> '{}';
-- Those whose answer is under way: what a run sees meanwhile may be one of them.
CREATE INDEX published_event_creating ON published_event (remote_calendar_id) WHERE state = 'CREATING';
