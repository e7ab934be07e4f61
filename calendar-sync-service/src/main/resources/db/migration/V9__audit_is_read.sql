-- As the audit log is read: page by page, newest first, and in one order where two entries have the same time.
CREATE INDEX audit_newest_first ON audit (organisation_id, at DESC, id DESC);
DROP INDEX audit_organisation;
