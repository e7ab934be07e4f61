package io.timetether.scheduling.appointment;

import io.timetether.scheduling.appointment.Appointment.Attendee;
import io.timetether.scheduling.appointment.Appointment.Named;
import io.timetether.scheduling.database.Row;
import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.http.Answer;
import io.timetether.scheduling.http.IdempotencyKeys;
import io.timetether.scheduling.http.IdempotencyKeys.Attempt;
import io.timetether.scheduling.http.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Appointments, their attendees, their occupied time and their history, always of one organisation. */
@ApplicationScoped
class Appointments {

    /** Which appointments a list shall hold; null means any. */
    record Filter(
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable UUID staffId,
            @Nullable AppointmentStatus status,
            @Nullable String text,
            @Nullable Instant afterStart,
            @Nullable UUID afterId) {}

    /** A client who is new with this booking. */
    record NewClient(
            UUID id,
            String name,
            @Nullable String email,
            @Nullable String phone) {}

    /** How far an attempt to write a booking came. */
    enum Written {
        BOOKED,
        KEY_USED,
        OVERLAPS
    }

    private static final String JOINED = """
            SELECT a.*, s.name AS service_name, l.name AS location_name, t.client_id, t.status AS attendee_status,
                   c.name AS client_name, c.email, c.phone
            FROM %s a
            JOIN service s ON s.organisation_id = a.organisation_id AND s.id = a.service_id
            LEFT JOIN location l ON l.organisation_id = a.organisation_id AND l.id = a.location_id
            LEFT JOIN attendee t ON t.organisation_id = a.organisation_id AND t.appointment_id = a.id
            LEFT JOIN client c ON c.organisation_id = t.organisation_id AND c.id = t.client_id
            ORDER BY a.start_at, a.id, t.position
            """;

    private final Sql sql;
    private final IdempotencyKeys keys;

    Appointments(Sql sql, IdempotencyKeys keys) {
        this.sql = sql;
        this.keys = keys;
    }

    /** The appointment of this organisation, or a 404. */
    Appointment get(UUID organisationId, UUID id) {
        return joined("(SELECT * FROM appointment WHERE organisation_id = ? AND id = ?)", organisationId, id).stream()
                .findFirst()
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("No appointment has this id."));
    }

    /** As {@link #get}, with the row locked for the rest of the transaction. */
    Appointment getForUpdate(UUID organisationId, UUID id) {
        sql.find(
                "SELECT id FROM appointment WHERE organisation_id = ? AND id = ? FOR UPDATE",
                row -> row.uuid("id"),
                organisationId,
                id);
        return get(organisationId, id);
    }

    /** By (start, id). */
    List<Appointment> list(UUID organisationId, Filter filter, int limit) {
        String pattern = filter.text() == null ? null : "%" + filter.text().toLowerCase(Locale.ROOT) + "%";
        return joined(
                """
                (SELECT * FROM appointment p
                 WHERE organisation_id = ?
                   AND (?::timestamptz IS NULL OR (end_at > ?::timestamptz AND start_at > ?::timestamptz - interval '48 hours'))
                   AND (?::timestamptz IS NULL OR start_at < ?::timestamptz)
                   AND (?::uuid IS NULL OR staff_id = ?::uuid)
                   AND (?::text IS NULL OR status = ?::text)
                   AND (?::text IS NULL OR p.number::text = ?::text OR EXISTS (
                        SELECT 1 FROM attendee t JOIN client c ON c.organisation_id = t.organisation_id AND c.id = t.client_id
                        WHERE t.organisation_id = p.organisation_id AND t.appointment_id = p.id
                          AND (lower(c.name) LIKE ? OR lower(coalesce(c.email, '')) LIKE ?)))
                   AND (?::timestamptz IS NULL OR (start_at, id) > (?::timestamptz, ?::uuid))
                 ORDER BY start_at, id LIMIT ?)
                """,
                organisationId,
                filter.from(),
                filter.from(),
                filter.from(),
                filter.until(),
                filter.until(),
                filter.staffId(),
                filter.staffId(),
                filter.status(),
                filter.status(),
                filter.text(),
                filter.text(),
                pattern,
                pattern,
                filter.afterStart(),
                filter.afterStart(),
                filter.afterId(),
                limit);
    }

    /** An active client, as they attend. */
    Optional<Attendee> findAttendee(UUID organisationId, UUID clientId) {
        return sql.find(
                "SELECT id, name, email, phone FROM client WHERE organisation_id = ? AND id = ? AND active",
                Appointments::attendee,
                organisationId,
                clientId);
    }

    /** The active client who has this name and address already; the oldest one, should there be several. */
    Optional<Attendee> findAttendee(UUID organisationId, String name, String email) {
        return sql.find("""
                SELECT id, name, email, phone FROM client
                WHERE organisation_id = ? AND lower(email) = lower(?) AND lower(name) = lower(?) AND active
                ORDER BY created_at, id LIMIT 1
                """, Appointments::attendee, organisationId, email, name);
    }

    private static Attendee attendee(Row row) throws SQLException {
        return new Attendee(
                row.uuid("id"), row.text("name"), row.textOrNull("email"), row.textOrNull("phone"), "BOOKED");
    }

    /**
     * Writes the answer's key, the occupied time, the appointment, its attendees, its history, their messages and its change
     * row in one statement. ON CONFLICT DO NOTHING keeps racing inserts under the exclusion constraint from deadlocking.
     */
    Written book(
            UUID organisationId,
            Attempt attempt,
            Answer answer,
            Appointment appointment,
            List<NewClient> newClients,
            Instant occupiedFrom,
            Instant occupiedUntil,
            String actor) {
        List<Attendee> attendees = appointment.attendees();
        Appointment.Named location = appointment.location();
        return sql.get(
                IdempotencyKeys.KEEPING + """
                , occupied AS (
                    INSERT INTO occupancy (id, organisation_id, staff_id, kind, appointment_id, start_at, end_at)
                    SELECT ?::uuid, ?::uuid, ?::uuid, 'APPOINTMENT', ?::uuid, ?::timestamptz, ?::timestamptz FROM used_key
                    ON CONFLICT DO NOTHING RETURNING appointment_id
                ), booked AS (
                    INSERT INTO appointment (id, organisation_id, number, staff_id, service_id, location_id, start_at, end_at,
                                             status, note, version, created_at, updated_at)
                    SELECT ?::uuid, ?::uuid, ?, ?::uuid, ?::uuid, ?::uuid, ?::timestamptz, ?::timestamptz,
                           ?, ?, 1, ?::timestamptz, ?::timestamptz FROM occupied
                    RETURNING id, organisation_id, status, staff_id, start_at, created_at
                ), clients AS (
                    INSERT INTO client (id, organisation_id, name, email, phone, version, created_at, updated_at)
                    SELECT n.id, b.organisation_id, n.name, n.email, n.phone, 0, b.created_at, b.created_at
                    FROM booked b, unnest(?, ?, ?, ?) AS n (id, name, email, phone)
                ), attending AS (
                    INSERT INTO attendee (id, organisation_id, appointment_id, client_id, position, status)
                    SELECT gen_random_uuid(), b.organisation_id, b.id, t.client_id, t.position, 'BOOKED'
                    FROM booked b, unnest(?) WITH ORDINALITY AS t (client_id, position)
                    RETURNING id
                ), told AS (
                    INSERT INTO message (id, organisation_id, kind, appointment_id, attendee_id, occasion,
                                         next_attempt_at, useful_until, created_at)
                    SELECT gen_random_uuid(), b.organisation_id, 'BOOKED', b.id, t.id, '1',
                           b.created_at, b.start_at, b.created_at FROM booked b, attending t
                ), noted AS (
                    INSERT INTO appointment_history
                        (organisation_id, appointment_id, version, at, actor, action, status, staff_id, start_at)
                    SELECT organisation_id, id, 1, created_at, ?, 'BOOKED', status, staff_id, start_at FROM booked
                ), logged AS (
                    INSERT INTO change_log (kind, organisation_id, entity_id, at)
                    SELECT 'APPOINTMENT', organisation_id, id, created_at FROM booked
                )
                SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM used_key) THEN 'KEY_USED'
                            WHEN NOT EXISTS (SELECT 1 FROM occupied) THEN 'OVERLAPS'
                            ELSE 'BOOKED' END AS written
                """,
                row -> Written.valueOf(row.text("written")),
                keys.keeping(attempt, answer),
                UUID.randomUUID(),
                organisationId,
                appointment.staffId(),
                appointment.id(),
                occupiedFrom,
                occupiedUntil,
                appointment.id(),
                organisationId,
                appointment.number(),
                appointment.staffId(),
                appointment.service().id(),
                location == null ? null : location.id(),
                appointment.startAt(),
                appointment.endAt(),
                appointment.status(),
                appointment.note(),
                appointment.createdAt(),
                appointment.updatedAt(),
                newClients.stream().map(NewClient::id).toArray(UUID[]::new),
                newClients.stream().map(NewClient::name).toArray(String[]::new),
                newClients.stream().map(NewClient::email).toArray(String[]::new),
                newClients.stream().map(NewClient::phone).toArray(String[]::new),
                attendees.stream().map(Attendee::clientId).toArray(UUID[]::new),
                actor);
    }

    /** Moves the appointment and its occupied time. The caller holds the locks of both staff members. */
    void move(UUID organisationId, Appointment moved, Instant occupiedFrom, Instant occupiedUntil) {
        sql.change(
                "UPDATE occupancy SET staff_id = ?, start_at = ?, end_at = ? WHERE organisation_id = ? AND appointment_id = ?",
                moved.staffId(),
                occupiedFrom,
                occupiedUntil,
                organisationId,
                moved.id());
        sql.change(
                """
                UPDATE appointment SET staff_id = ?, start_at = ?, end_at = ?, version = ?, updated_at = ?
                WHERE organisation_id = ? AND id = ?
                """,
                moved.staffId(),
                moved.startAt(),
                moved.endAt(),
                moved.version(),
                moved.updatedAt(),
                organisationId,
                moved.id());
    }

    void changeStatus(UUID organisationId, Appointment changed) {
        sql.change(
                """
                UPDATE appointment SET status = ?, cancel_reason = ?, version = ?, updated_at = ?
                WHERE organisation_id = ? AND id = ?
                """,
                changed.status(),
                changed.cancelReason(),
                changed.version(),
                changed.updatedAt(),
                organisationId,
                changed.id());
        if (changed.status() == AppointmentStatus.CANCELLED) {
            sql.change(
                    "DELETE FROM occupancy WHERE organisation_id = ? AND appointment_id = ?",
                    organisationId,
                    changed.id());
            sql.change(
                    "UPDATE attendee SET status = 'CANCELLED' WHERE organisation_id = ? AND appointment_id = ?",
                    organisationId,
                    changed.id());
        }
    }

    void note(UUID organisationId, Appointment changed, String action, String actor) {
        sql.change(
                """
                INSERT INTO appointment_history
                    (organisation_id, appointment_id, version, at, actor, action, status, staff_id, start_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                organisationId,
                changed.id(),
                changed.version(),
                changed.updatedAt(),
                actor,
                action,
                changed.status(),
                changed.staffId(),
                changed.startAt());
    }

    /** What happened to an appointment, oldest first. */
    List<HistoryEntry> history(UUID organisationId, UUID id) {
        return sql.list(
                """
                SELECT h.*, p.name AS actor_name FROM appointment_history h
                LEFT JOIN person p ON p.organisation_id = h.organisation_id AND h.actor = 'person:' || p.id
                WHERE h.organisation_id = ? AND h.appointment_id = ? ORDER BY h.version
                """,
                row -> new HistoryEntry(
                        row.number("version"),
                        row.instant("at"),
                        row.text("actor"),
                        row.textOrNull("actor_name"),
                        row.text("action"),
                        AppointmentStatus.valueOf(row.text("status")),
                        row.uuid("staff_id"),
                        row.instant("start_at")),
                organisationId,
                id);
    }

    private List<Appointment> joined(String chosen, @Nullable Object... arguments) {
        Map<UUID, Appointment> appointments = new LinkedHashMap<>();
        Map<UUID, List<Attendee>> attendees = new LinkedHashMap<>();
        sql.list(
                JOINED.formatted(chosen),
                row -> {
                    UUID id = row.uuid("id");
                    List<Attendee> of = attendees.computeIfAbsent(id, i -> new ArrayList<>(1));
                    UUID clientId = row.uuidOrNull("client_id");
                    if (clientId != null) {
                        of.add(new Attendee(
                                clientId,
                                row.text("client_name"),
                                row.textOrNull("email"),
                                row.textOrNull("phone"),
                                row.text("attendee_status")));
                    }
                    if (!appointments.containsKey(id)) {
                        appointments.put(id, read(row, of));
                    }
                    return id;
                },
                arguments);
        return List.copyOf(appointments.values());
    }

    private static Appointment read(Row row, List<Attendee> attendees) throws SQLException {
        UUID locationId = row.uuidOrNull("location_id");
        return new Appointment(
                row.uuid("id"),
                row.number("number"),
                AppointmentStatus.valueOf(row.text("status")),
                row.instant("start_at"),
                row.instant("end_at"),
                row.uuid("staff_id"),
                new Named(row.uuid("service_id"), row.text("service_name")),
                locationId == null ? null : new Named(locationId, row.text("location_name")),
                attendees,
                row.textOrNull("note"),
                row.textOrNull("cancel_reason"),
                row.number("version"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}
