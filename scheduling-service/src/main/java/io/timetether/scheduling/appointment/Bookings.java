package io.timetether.scheduling.appointment;

import io.timetether.scheduling.appointment.Appointment.Attendee;
import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.http.Answer;
import io.timetether.scheduling.http.IdempotencyKeys;
import io.timetether.scheduling.http.IdempotencyKeys.Attempt;
import io.timetether.scheduling.http.IdempotencyKeys.Kept;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes new bookings: however many there are, all of them with all that belongs to them in one statement. */
@ApplicationScoped
class Bookings {

    /** A client who is new with a booking. */
    record NewClient(
            UUID id,
            String name,
            @Nullable String email,
            @Nullable String phone) {}

    /** A booking as it shall be written; occupied time includes the buffers. */
    record Entry(
            UUID organisationId,
            Attempt attempt,
            Answer answer,
            Appointment appointment,
            List<NewClient> newClients,
            Instant occupiedFrom,
            Instant occupiedUntil,
            String actor) {}

    /** How far an attempt to write a booking came. */
    enum Written {
        BOOKED,
        KEY_USED,
        OVERLAPS
    }

    private record Attending(UUID appointmentId, Attendee attendee, int position) {}

    private record Coming(UUID appointmentId, NewClient client) {}

    private final Sql sql;
    private final IdempotencyKeys keys;

    Bookings(Sql sql, IdempotencyKeys keys) {
        this.sql = sql;
        this.keys = keys;
    }

    /**
     * Writes the answers' keys, the occupied times, the appointments, their attendees, their history, their messages and
     * their change rows. ON CONFLICT DO NOTHING keeps racing inserts under the exclusion constraint from deadlocking. The
     * caller holds the locks of the staff members and has sorted the entries by their attempts' names.
     *
     * @return how far each came, in their order
     */
    List<Written> write(List<Entry> entries) {
        List<Attending> attending = entries.stream()
                .flatMap(entry -> {
                    Appointment of = entry.appointment();
                    return IntStream.range(0, of.attendees().size())
                            .mapToObj(i -> new Attending(of.id(), of.attendees().get(i), i + 1));
                })
                .toList();
        List<Coming> coming = entries.stream()
                .flatMap(entry -> entry.newClients().stream()
                        .map(client -> new Coming(entry.appointment().id(), client)))
                .toList();
        return sql.list(
                IdempotencyKeys.KEEPING + """
                , wanted AS (
                    SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY
                        AS t (organisation_id, caller, operation, key, id, number, staff_id, service_id, location_id,
                              start_at, end_at, status, note, booked_at, occupied_from, occupied_until, actor, place)
                ), answered AS (
                    SELECT w.* FROM wanted w JOIN used_key k ON k.organisation_id = w.organisation_id
                        AND k.caller = w.caller AND k.operation = w.operation AND k.key = w.key
                ), occupied AS (
                    INSERT INTO occupancy (id, organisation_id, staff_id, kind, appointment_id, start_at, end_at)
                    SELECT gen_random_uuid(), organisation_id, staff_id, 'APPOINTMENT', id, occupied_from, occupied_until
                    FROM answered
                    ON CONFLICT DO NOTHING RETURNING appointment_id
                ), booked AS (
                    INSERT INTO appointment (id, organisation_id, number, staff_id, service_id, location_id, start_at, end_at,
                                             status, note, version, created_at, updated_at)
                    SELECT w.id, w.organisation_id, w.number, w.staff_id, w.service_id, w.location_id, w.start_at, w.end_at,
                           w.status, w.note, 1, w.booked_at, w.booked_at
                    FROM wanted w JOIN occupied o ON o.appointment_id = w.id
                    RETURNING id, organisation_id, status, staff_id, start_at, created_at
                ), clients AS (
                    INSERT INTO client (id, organisation_id, name, email, phone, version, created_at, updated_at)
                    SELECT n.id, b.organisation_id, n.name, n.email, n.phone, 0, b.created_at, b.created_at
                    FROM unnest(?, ?, ?, ?, ?) AS n (appointment_id, id, name, email, phone)
                    JOIN booked b ON b.id = n.appointment_id
                ), attending AS (
                    INSERT INTO attendee (id, organisation_id, appointment_id, client_id, position, status)
                    SELECT gen_random_uuid(), b.organisation_id, b.id, t.client_id, t.position, 'BOOKED'
                    FROM unnest(?, ?, ?) AS t (appointment_id, client_id, position)
                    JOIN booked b ON b.id = t.appointment_id
                    RETURNING id, appointment_id
                ), told AS (
                    INSERT INTO message (id, organisation_id, kind, appointment_id, attendee_id, occasion,
                                         next_attempt_at, useful_until, created_at)
                    SELECT gen_random_uuid(), b.organisation_id, 'BOOKED', b.id, t.id, '1',
                           b.created_at, b.start_at, b.created_at
                    FROM booked b JOIN attending t ON t.appointment_id = b.id
                ), noted AS (
                    INSERT INTO appointment_history
                        (organisation_id, appointment_id, version, at, actor, action, status, staff_id, start_at)
                    SELECT b.organisation_id, b.id, 1, b.created_at, w.actor, 'BOOKED', b.status, b.staff_id, b.start_at
                    FROM booked b JOIN wanted w ON w.id = b.id
                ), logged AS (
                    INSERT INTO change_log (kind, organisation_id, entity_id, at)
                    SELECT 'APPOINTMENT', organisation_id, id, created_at FROM booked
                )
                SELECT CASE WHEN a.id IS NULL THEN 'KEY_USED' WHEN o.appointment_id IS NULL THEN 'OVERLAPS'
                            ELSE 'BOOKED' END AS written
                FROM wanted w LEFT JOIN answered a ON a.id = w.id LEFT JOIN occupied o ON o.appointment_id = w.id
                ORDER BY w.place
                """,
                row -> Written.valueOf(row.text("written")),
                keys.keeping(entries.stream()
                        .map(entry -> new Kept(entry.attempt(), entry.answer()))
                        .toList()),
                column(entries, Entry::organisationId, UUID[]::new),
                column(entries, entry -> entry.attempt().caller(), String[]::new),
                column(entries, entry -> entry.attempt().operation(), String[]::new),
                column(entries, entry -> entry.attempt().key(), String[]::new),
                column(entries, entry -> entry.appointment().id(), UUID[]::new),
                column(entries, entry -> entry.appointment().number(), Long[]::new),
                column(entries, entry -> entry.appointment().staffId(), UUID[]::new),
                column(entries, entry -> entry.appointment().service().id(), UUID[]::new),
                column(entries, Bookings::locationId, UUID[]::new),
                column(entries, entry -> entry.appointment().startAt(), Instant[]::new),
                column(entries, entry -> entry.appointment().endAt(), Instant[]::new),
                column(entries, entry -> entry.appointment().status().name(), String[]::new),
                column(entries, entry -> entry.appointment().note(), String[]::new),
                column(entries, entry -> entry.appointment().createdAt(), Instant[]::new),
                column(entries, Entry::occupiedFrom, Instant[]::new),
                column(entries, Entry::occupiedUntil, Instant[]::new),
                column(entries, Entry::actor, String[]::new),
                column(coming, Coming::appointmentId, UUID[]::new),
                column(coming, one -> one.client().id(), UUID[]::new),
                column(coming, one -> one.client().name(), String[]::new),
                column(coming, one -> one.client().email(), String[]::new),
                column(coming, one -> one.client().phone(), String[]::new),
                column(attending, Attending::appointmentId, UUID[]::new),
                column(attending, one -> one.attendee().clientId(), UUID[]::new),
                column(attending, Attending::position, Integer[]::new));
    }

    private static @Nullable UUID locationId(Entry entry) {
        Appointment.Named location = entry.appointment().location();
        return location == null ? null : location.id();
    }

    private static <E, T extends @Nullable Object> T[] column(
            List<E> rows, Function<E, T> value, java.util.function.IntFunction<T[]> array) {
        return rows.stream().map(value).toArray(array);
    }
}
