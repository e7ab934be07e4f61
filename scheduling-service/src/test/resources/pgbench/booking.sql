-- A booking as the service does it: key's and staff member's lock, busy check, and one statement that writes all.
-- Starts lie far from those that the service books in the same run.
SELECT nextval('bench_slot') AS slot \gset
SELECT id AS staff FROM bench_staff WHERE n = 1 + :slot::int % $STAFF \gset
BEGIN;
SELECT CASE WHEN pg_try_advisory_xact_lock(29812, :slot::int) THEN pg_advisory_xact_lock(hashtextextended('staff:' || :staff, 0)) IS NULL END;
SELECT start_at, end_at FROM occupancy WHERE organisation_id = '$ORGANISATION'::uuid AND staff_id = :staff::uuid
  AND start_at < timestamptz '2035-01-01' + ((:slot::int / $STAFF * 7919) % 40000 + 200) * interval '30 minutes'
  AND start_at > timestamptz '2035-01-01' + ((:slot::int / $STAFF * 7919) % 40000 - 200) * interval '30 minutes'
  AND end_at > timestamptz '2035-01-01' + ((:slot::int / $STAFF * 7919) % 40000 - 200) * interval '30 minutes';
WITH wanted AS (
  SELECT gen_random_uuid() AS id, timestamptz '2035-01-01' + ((:slot::int / $STAFF * 7919) % 40000) * interval '30 minutes' AS t
), used_key AS (
  INSERT INTO idempotency_key (organisation_id, caller, operation, key, body_hash, status, body, created_at)
  SELECT '$ORGANISATION'::uuid, 'pgbench', 'book', id::text, '\x00'::bytea, 201, repeat('x', 600), now() FROM wanted ON CONFLICT DO NOTHING RETURNING 1
), occupied AS (
  INSERT INTO occupancy (id, organisation_id, staff_id, kind, appointment_id, start_at, end_at)
  SELECT gen_random_uuid(), '$ORGANISATION'::uuid, :staff::uuid, 'APPOINTMENT', id, t, t + interval '30 minutes' FROM wanted, used_key
  ON CONFLICT DO NOTHING RETURNING appointment_id, start_at
), booked AS (
  INSERT INTO appointment (id, organisation_id, number, staff_id, service_id, start_at, end_at, status, version, created_at, updated_at)
  SELECT appointment_id, '$ORGANISATION'::uuid, 1000000000 + :slot::bigint, :staff::uuid, '$SERVICE'::uuid, start_at, start_at + interval '30 minutes', 'OPEN', 1, now(), now()
  FROM occupied RETURNING *
), attending AS (
  INSERT INTO attendee (id, organisation_id, appointment_id, client_id, position, status)
  SELECT gen_random_uuid(), organisation_id, id, '$CLIENT'::uuid, 1, 'BOOKED' FROM booked RETURNING id
), told AS (
  INSERT INTO message (id, organisation_id, kind, appointment_id, attendee_id, occasion, next_attempt_at, useful_until, created_at)
  SELECT gen_random_uuid(), b.organisation_id, 'BOOKED', b.id, t.id, '1', now(), b.start_at, now() FROM booked b, attending t
), noted AS (
  INSERT INTO appointment_history (organisation_id, appointment_id, version, at, actor, action, status, staff_id, start_at)
  SELECT organisation_id, id, 1, now(), 'pgbench', 'BOOKED', status, staff_id, start_at FROM booked
), logged AS (
  INSERT INTO change_log (kind, organisation_id, entity_id, at) SELECT 'APPOINTMENT', organisation_id, id, now() FROM booked
)
SELECT count(*) FROM booked;
COMMIT;
