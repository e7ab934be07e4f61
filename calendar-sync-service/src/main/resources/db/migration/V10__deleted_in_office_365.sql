-- When an event of ours was found deleted: many within the hour cancel no appointments, one after the other neither.
ALTER TABLE published_event ADD COLUMN gone_at timestamptz;
