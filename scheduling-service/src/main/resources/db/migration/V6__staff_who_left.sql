-- A staff member who was erased: the row stays, since appointments of the past point to it, but nobody is named by it.
ALTER TABLE staff
    ADD COLUMN erased_at timestamptz,
    ADD CHECK (erased_at IS NULL OR (email = '' AND NOT active));
