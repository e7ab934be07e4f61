-- How long a calendar's runs have come to nothing, in place of how many: during an outage each notification is an attempt.
ALTER TABLE remote_calendar ADD COLUMN failing_since timestamptz;
ALTER TABLE remote_calendar DROP COLUMN failures;
