-- By what changed settings judge an event again without asking Microsoft; ical_uid and original_start, which were there and
-- never written, are written now. Rows without it are from before: they are read again instead.
ALTER TABLE feed_item ADD COLUMN sensitivity text;
-- While the two differ, the next run judges again what is known of the feed.
ALTER TABLE feed ADD COLUMN judging_wishes bigint NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN judgings_done bigint NOT NULL DEFAULT 0;
