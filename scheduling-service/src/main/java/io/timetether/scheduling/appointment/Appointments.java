package io.timetether.scheduling.appointment;

import io.timetether.scheduling.appointment.Appointment.Attendee;
import io.timetether.scheduling.appointment.Appointment.Named;
import io.timetether.scheduling.database.Batches;
import io.timetether.scheduling.database.Row;
import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.http.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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

    private static final Long NO_NUMBER = -1L;

    /** By number, or by an attending client's name or address; "search" has an index and holds both. */
    private static final String FOUND = """
            SELECT id FROM appointment WHERE organisation_id = ? AND number = ?
            UNION ALL
            SELECT t.appointment_id FROM client c
            JOIN attendee t ON t.organisation_id = c.organisation_id AND t.client_id = c.id
            WHERE c.organisation_id = ? AND c.search LIKE ?
              AND (lower(c.name) LIKE ? OR lower(coalesce(c.email, '')) LIKE ?)
            """;

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

    private record Known(UUID organisationId, UUID clientId) {}

    private final Sql sql;
    private final Batches<Known, Optional<Attendee>> lookUps = new Batches<>(this::findAttendees);

    Appointments(Sql sql) {
        this.sql = sql;
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

    /** By (start, id). Only what is asked for is a condition, so that each can have its index. */
    List<Appointment> list(UUID organisationId, Filter filter, int limit) {
        StringBuilder chosen = new StringBuilder("(SELECT * FROM appointment WHERE organisation_id = ?");
        List<Object> arguments = new ArrayList<>(List.of(organisationId));
        if (filter.from() != null) {
            chosen.append(" AND end_at > ? AND start_at > ?::timestamptz - interval '48 hours'");
            arguments.addAll(List.of(filter.from(), filter.from()));
        }
        if (filter.until() != null) {
            chosen.append(" AND start_at < ?");
            arguments.add(filter.until());
        }
        if (filter.staffId() != null) {
            chosen.append(" AND staff_id = ?");
            arguments.add(filter.staffId());
        }
        if (filter.status() != null) {
            chosen.append(" AND status = ?");
            arguments.add(filter.status());
        }
        if (filter.text() != null) {
            chosen.append(" AND id IN (").append(FOUND).append(")");
            String pattern = Sql.containing(filter.text());
            boolean isNumber = filter.text().matches("\\d{1,18}");
            arguments.addAll(List.of(
                    organisationId,
                    isNumber ? Long.valueOf(filter.text()) : NO_NUMBER,
                    organisationId,
                    pattern,
                    pattern,
                    pattern));
        }
        if (filter.afterStart() != null && filter.afterId() != null) {
            chosen.append(" AND (start_at, id) > (?, ?)");
            arguments.addAll(List.of(filter.afterStart(), filter.afterId()));
        }
        chosen.append(" ORDER BY start_at, id LIMIT ?)");
        arguments.add(limit);
        return joined(chosen.toString(), arguments);
    }

    /** An active client, as they attend. Who ask together are looked up together. */
    Optional<Attendee> findAttendee(UUID organisationId, UUID clientId) {
        return lookUps.serve(new Known(organisationId, clientId));
    }

    private List<Optional<Attendee>> findAttendees(List<Known> clients) {
        Map<Known, Attendee> found = new HashMap<>();
        sql.list(
                """
                SELECT c.organisation_id, c.id, c.name, c.email, c.phone FROM unnest(?, ?) AS t (organisation_id, id)
                JOIN client c ON c.organisation_id = t.organisation_id AND c.id = t.id WHERE c.active
                """,
                row -> found.put(new Known(row.uuid("organisation_id"), row.uuid("id")), attendee(row)),
                clients.stream().map(Known::organisationId).toArray(UUID[]::new),
                clients.stream().map(Known::clientId).toArray(UUID[]::new));
        return clients.stream().map(one -> Optional.ofNullable(found.get(one))).toList();
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
