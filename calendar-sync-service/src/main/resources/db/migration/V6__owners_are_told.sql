-- The version with which a connection lost its authorisation, and the last such one that its owner was told of. They differ
-- while a message is due; the version names the occasion, so that a repeated request tells nobody twice.
ALTER TABLE connection ADD COLUMN lost_version bigint;
ALTER TABLE connection ADD COLUMN told_version bigint;
UPDATE connection SET lost_version = version WHERE state = 'RECONNECT_REQUIRED';
