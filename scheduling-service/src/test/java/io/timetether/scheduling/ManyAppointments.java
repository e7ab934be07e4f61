package io.timetether.scheduling;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/**
 * Fills an organisation: staff members who are booked six times a day, a thousand times from now on, a quarter as
 * many clients as appointments, and a tenth as many of what else there is. Written as SQL, since a million requests take
 * long; with statistics, as autovacuum would have gathered them.
 */
final class ManyAppointments {

    private static final int EACH = 1000;

    private ManyAppointments() {}

    static void fill(Connection connection, UUID organisation, String service, int rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    // Nobody is to get a mail about these; hundreds would be due at once.
                    "UPDATE organisation SET reminder_minutes = 0 WHERE id = '%1$s'",
                    """
                    INSERT INTO staff (id, organisation_id, name, email, time_zone, active, version, created_at, updated_at)
                    SELECT gen_random_uuid(), '%1$s', 'Busy ' || n, 's@example.org', 'UTC', true, 0, now(), now()
                    FROM generate_series(1, %2$d) n
                    """,
                    """
                    INSERT INTO working_hours (organisation_id, staff_id, day_of_week, start_minute, end_minute)
                    SELECT organisation_id, id, day, 540, 1020 FROM staff, generate_series(1, 5) day
                    WHERE organisation_id = '%1$s' AND name LIKE 'Busy %%'
                    """,
                    """
                    INSERT INTO client (id, organisation_id, name, email, version, created_at, updated_at)
                    SELECT gen_random_uuid(), '%1$s', 'Number ' || n, n || '@example.org', 0, now(), now()
                    FROM generate_series(1, %3$d / 4) n
                    """,
                    """
                    INSERT INTO appointment (id, organisation_id, number, staff_id, service_id, start_at, end_at, status,
                                             version, created_at, updated_at)
                    SELECT gen_random_uuid(), '%1$s', 1000000 + n * 1000 + s.place, s.id, '%4$s', t.at,
                           t.at + interval '30 minutes', 'OPEN', 1, now(), now()
                    FROM (SELECT id, row_number() OVER () AS place FROM staff
                          WHERE organisation_id = '%1$s' AND name LIKE 'Busy %%') s,
                         generate_series(1, %3$d / %2$d) n,
                         LATERAL (SELECT date_trunc('hour', now(), 'UTC') + n * interval '4 hours' AS at) t
                    """,
                    """
                    INSERT INTO occupancy (id, organisation_id, staff_id, kind, appointment_id, start_at, end_at)
                    SELECT gen_random_uuid(), organisation_id, staff_id, 'APPOINTMENT', id, start_at, end_at
                    FROM appointment WHERE organisation_id = '%1$s' AND number > 1000000
                    """,
                    "ANALYZE client, appointment",
                    """
                    INSERT INTO attendee (id, organisation_id, appointment_id, client_id, position, status)
                    SELECT gen_random_uuid(), '%1$s', a.id, c.id, 1, 'BOOKED'
                    FROM (SELECT id, row_number() OVER () AS place FROM appointment
                          WHERE organisation_id = '%1$s' AND number > 1000000) a
                    JOIN (SELECT id, row_number() OVER () AS place FROM client
                          WHERE organisation_id = '%1$s' AND name LIKE 'Number %%') c
                      ON c.place = 1 + a.place %% (%3$d / 4)
                    """,
                    """
                    INSERT INTO appointment_history
                        (organisation_id, appointment_id, version, at, actor, action, status, staff_id, start_at)
                    SELECT organisation_id, id, 1, now(), 'client', 'BOOKED', status, staff_id, start_at
                    FROM appointment WHERE organisation_id = '%1$s' AND number > 1000000
                    """,
                    """
                    INSERT INTO time_off (id, organisation_id, staff_id, number, title, start_at, end_at, version,
                                          created_at, updated_at)
                    SELECT gen_random_uuid(), organisation_id, staff_id, number + 5000000000, 'Away',
                           start_at + interval '30 minutes', end_at + interval '10 minutes', 1, now(), now()
                    FROM appointment WHERE organisation_id = '%1$s' AND number > 1000000 AND number %% 10 = 1
                    """,
                    """
                    INSERT INTO feed (id, organisation_id, staff_id, fence, calendar_name, subjects_shared, state,
                                      confirmed_at, known_from, known_until, first_sync_completed)
                    SELECT gen_random_uuid(), organisation_id, id, 1, 'Calendar', false, 'ACTIVE', now(),
                           now() - interval '1 day', now() + interval '1 year', true
                    FROM staff WHERE organisation_id = '%1$s' AND name LIKE 'Busy %%'
                    """,
                    """
                    INSERT INTO external_time_off (id, organisation_id, staff_id, feed_id, item_id, number, title, start_at,
                                                   end_at, outcome, verdict_version)
                    SELECT gen_random_uuid(), t.organisation_id, t.staff_id, f.id, t.number::text, t.number + 5000000000,
                           'Busy', t.end_at, t.end_at + interval '5 minutes', 'LOADED', nextval('verdict_version')
                    FROM time_off t JOIN feed f ON f.staff_id = t.staff_id WHERE t.organisation_id = '%1$s'
                    """,
                    """
                    INSERT INTO idempotency_key (organisation_id, caller, operation, key, body_hash, status, body, created_at)
                    SELECT '%1$s', 'somebody', 'bookAppointment', n::text, '\\x00', 201, '{}', now()
                    FROM generate_series(1, %3$d / 10) n
                    """,
                    // As the sequencer does, and not while it does.
                    """
                    DO $$ BEGIN
                        PERFORM pg_advisory_xact_lock(x'747453455155'::bigint);
                        WITH head AS (
                            UPDATE change_head SET position = position + %3$d / 10 RETURNING position - %3$d / 10 AS before
                        )
                        INSERT INTO change_log (position, kind, organisation_id, entity_id, at)
                        SELECT head.before + row_number() OVER (), 'APPOINTMENT', '%1$s', a.id, now()
                        FROM head, (SELECT id FROM appointment WHERE organisation_id = '%1$s' AND number > 1000000
                                    LIMIT %3$d / 10) a;
                    END $$
                    """)) {
                statement.execute(sql.formatted(organisation, rows / EACH, rows, service));
            }
            statement.execute("VACUUM ANALYZE");
        }
    }
}
