-- The busy time of one staff member around 30 days, the rows that the service reads for the same question.
\set n random(1, $STAFF)
\set day random(1, 20)
SELECT id AS staff FROM bench_staff WHERE n = :n \gset
SELECT start_at, end_at FROM occupancy
WHERE organisation_id = '$ORGANISATION'::uuid AND staff_id = :staff::uuid
  AND start_at < date_trunc('day', now()) + (:day + 33) * interval '1 day'
  AND start_at > date_trunc('day', now()) + (:day - 5) * interval '1 day'
  AND end_at > date_trunc('day', now()) + (:day - 3) * interval '1 day'
UNION ALL
SELECT start_at, end_at FROM time_off
WHERE organisation_id = '$ORGANISATION'::uuid AND staff_id = :staff::uuid
  AND end_at > date_trunc('day', now()) + (:day - 3) * interval '1 day'
  AND start_at < date_trunc('day', now()) + (:day + 33) * interval '1 day'
UNION ALL
SELECT start_at, end_at FROM external_time_off
WHERE organisation_id = '$ORGANISATION'::uuid AND staff_id = :staff::uuid AND outcome = 'LOADED'
  AND end_at > date_trunc('day', now()) + (:day - 3) * interval '1 day'
  AND start_at < date_trunc('day', now()) + (:day + 33) * interval '1 day';
