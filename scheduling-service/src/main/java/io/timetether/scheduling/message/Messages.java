package io.timetether.scheduling.message;

import io.timetether.scheduling.database.Row;
import io.timetether.scheduling.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The outbox. A row is written in the transaction of what it tells, so that both are there or none; it keeps ids alone,
 * so that whoever is erased is erased here too. Rows of appointments go with their appointment.
 */
@ApplicationScoped
public class Messages {

    /** A message that this worker alone may send, until the lease runs out. */
    record Leased(
            UUID id,
            UUID lease,
            UUID organisationId,
            MessageKind kind,
            Instant usefulUntil,
            int attempts,
            Instant createdAt) {}

    /** What is known about a message to whoever has it sent. */
    record Receipt(UUID id, String state) {}

    private final Sql sql;

    Messages(Sql sql) {
        this.sql = sql;
    }

    /**
     * Tells all attendees of an appointment, in the current transaction. A second message of the same kind for the same
     * version is the first one.
     *
     * @param usefulUntil from when on it is too late to tell
     */
    public void tell(
            MessageKind kind, UUID organisationId, UUID appointmentId, long version, Instant usefulUntil, Instant now) {
        sql.change("""
                INSERT INTO message (id, organisation_id, kind, appointment_id, attendee_id, occasion,
                                     next_attempt_at, useful_until, created_at)
                SELECT gen_random_uuid(), organisation_id, ?, appointment_id, id, ?, ?, ?, ? FROM attendee
                WHERE organisation_id = ? AND appointment_id = ?
                ON CONFLICT DO NOTHING
                """, kind, Long.toString(version), now, usefulUntil, now, organisationId, appointmentId);
    }

    /** Tells a staff member; the same occasion is told once. Empty if there is no such staff member. */
    Optional<Receipt> tellStaff(
            MessageKind kind, UUID organisationId, UUID staffId, String occasion, Instant usefulUntil, Instant now) {
        sql.change("""
                INSERT INTO message (id, organisation_id, kind, staff_id, occasion, next_attempt_at, useful_until, created_at)
                SELECT gen_random_uuid(), organisation_id, ?, id, ?, ?, ?, ? FROM staff
                WHERE organisation_id = ? AND id = ?
                ON CONFLICT DO NOTHING
                """, kind, occasion, now, usefulUntil, now, organisationId, staffId);
        return sql.find(
                "SELECT id, state FROM message WHERE organisation_id = ? AND kind = ? AND staff_id = ? AND occasion = ?",
                row -> new Receipt(row.uuid("id"), row.text("state")),
                organisationId,
                kind,
                staffId,
                occasion);
    }

    /**
     * Writes the reminders that are due: for appointments that stand and begin within their organisation's time, and that
     * were not booked or moved within it, since then their client has just been told.
     */
    int remind(Instant now) {
        return sql.change("""
                INSERT INTO message (id, organisation_id, kind, appointment_id, attendee_id, occasion,
                                     next_attempt_at, useful_until, created_at)
                SELECT gen_random_uuid(), a.organisation_id, 'REMINDER', a.id, t.id,
                       to_char(a.start_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), ?, a.start_at, ?
                FROM organisation o
                JOIN appointment a ON a.organisation_id = o.id AND a.status IN ('OPEN', 'CONFIRMED')
                    AND a.start_at > ? AND a.start_at <= ?::timestamptz + make_interval(mins => o.reminder_minutes)
                JOIN attendee t ON t.organisation_id = a.organisation_id AND t.appointment_id = a.id AND t.status = 'BOOKED'
                WHERE o.reminder_minutes > 0 AND NOT EXISTS (
                    SELECT 1 FROM message m WHERE m.organisation_id = a.organisation_id AND m.appointment_id = a.id
                      AND m.kind IN ('BOOKED', 'CONFIRMED', 'MOVED')
                      AND m.created_at > a.start_at - make_interval(mins => o.reminder_minutes))
                ON CONFLICT DO NOTHING
                """, now, now, now, now);
    }

    /** Takes messages that are due and that nobody else is sending, the longest waiting first. */
    List<Leased> lease(int limit, Duration length, Instant now) {
        UUID lease = UUID.randomUUID();
        List<Leased> leased = sql.list(
                """
                UPDATE message SET lease = ?, leased_until = ?, attempts = attempts + 1
                WHERE id IN (SELECT id FROM message WHERE state = 'WAITING' AND next_attempt_at <= ?
                               AND (leased_until IS NULL OR leased_until <= ?)
                             ORDER BY next_attempt_at LIMIT ? FOR UPDATE SKIP LOCKED)
                RETURNING *
                """,
                row -> new Leased(
                        row.uuid("id"),
                        lease,
                        row.uuid("organisation_id"),
                        MessageKind.valueOf(row.text("kind")),
                        row.instant("useful_until"),
                        row.integer("attempts"),
                        row.instant("created_at")),
                lease,
                now.plus(length),
                now,
                now,
                limit);
        return leased.stream().sorted(Comparator.comparing(Leased::createdAt)).toList();
    }

    /** Prolongs the lease; false if it has run out, so that somebody else may be sending by now. */
    boolean isStillOurs(Leased message, Duration length, Instant now) {
        return sql.change("""
                        UPDATE message SET leased_until = ?
                        WHERE organisation_id = ? AND id = ? AND lease = ? AND state = 'WAITING' AND leased_until > ?
                        """, now.plus(length), message.organisationId(), message.id(), message.lease(), now) == 1;
    }

    /** What the message is about; empty if that has been erased. */
    Optional<MessageFacts> facts(Leased message) {
        return switch (message.kind()) {
            case RECONNECT_NEEDED ->
                sql.find(
                        """
                        SELECT o.id AS organisation_id, o.name AS organisation_name, s.name, nullif(s.email, '') AS email
                        FROM message m
                        JOIN organisation o ON o.id = m.organisation_id
                        JOIN staff s ON s.organisation_id = m.organisation_id AND s.id = m.staff_id AND s.active
                        WHERE m.organisation_id = ? AND m.id = ?
                        """,
                        row -> new MessageFacts.OfConnection(
                                row.uuid("organisation_id"),
                                row.text("organisation_name"),
                                row.text("name"),
                                row.textOrNull("email")),
                        message.organisationId(),
                        message.id());
            case BOOKED, CONFIRMED, MOVED, CANCELLED, REMINDER ->
                sql.find("""
                        SELECT m.organisation_id, m.occasion, m.attendee_id, o.name AS organisation_name, o.slug,
                               coalesce(l.time_zone, o.time_zone) AS zone, a.id, a.number, a.status, a.version,
                               a.start_at, a.end_at, s.name AS service_name, f.name AS staff_name,
                               l.name AS location_name, l.address AS location_address,
                               c.name AS client_name, c.email,
                               EXISTS (SELECT 1 FROM message n
                                       WHERE n.organisation_id = m.organisation_id AND n.appointment_id = m.appointment_id
                                         AND n.attendee_id = m.attendee_id AND n.kind = m.kind
                                         AND n.created_at > m.created_at) AS overtaken
                        FROM message m
                        JOIN organisation o ON o.id = m.organisation_id
                        JOIN appointment a ON a.organisation_id = m.organisation_id AND a.id = m.appointment_id
                        JOIN service s ON s.organisation_id = a.organisation_id AND s.id = a.service_id
                        JOIN staff f ON f.organisation_id = a.organisation_id AND f.id = a.staff_id
                        JOIN attendee t ON t.organisation_id = m.organisation_id AND t.id = m.attendee_id
                        JOIN client c ON c.organisation_id = t.organisation_id AND c.id = t.client_id
                        LEFT JOIN location l ON l.organisation_id = a.organisation_id AND l.id = a.location_id
                        WHERE m.organisation_id = ? AND m.id = ?
                        """, Messages::ofAppointment, message.organisationId(), message.id());
        };
    }

    void sent(Leased message, Instant now) {
        end(message, "SENT", null, now);
    }

    void dropped(Leased message, MessagePolicy.Verdict why, Instant now) {
        end(message, "DROPPED", why.name(), now);
    }

    void tryAgain(Leased message, Instant at) {
        sql.change("""
                UPDATE message SET next_attempt_at = ?, lease = NULL, leased_until = NULL
                WHERE organisation_id = ? AND id = ? AND lease = ? AND state = 'WAITING'
                """, at, message.organisationId(), message.id(), message.lease());
    }

    /** Ends what nobody could send in time, also where nothing is sent at all. */
    int dropLate(Instant now) {
        return sql.change("""
                UPDATE message SET state = 'DROPPED', reason = 'TOO_LATE', ended_at = ?
                WHERE state = 'WAITING' AND useful_until <= ? AND (leased_until IS NULL OR leased_until <= ?)
                """, now, now, now);
    }

    int removeEndedBefore(Instant instant) {
        return sql.change("DELETE FROM message WHERE state <> 'WAITING' AND ended_at < ?", instant);
    }

    private void end(Leased message, String state, @Nullable String reason, Instant now) {
        sql.change("""
                UPDATE message SET state = ?, reason = ?, ended_at = ?, lease = NULL, leased_until = NULL
                WHERE organisation_id = ? AND id = ? AND lease = ? AND state = 'WAITING'
                """, state, reason, now, message.organisationId(), message.id(), message.lease());
    }

    private static MessageFacts ofAppointment(Row row) throws SQLException {
        return new MessageFacts.OfAppointment(
                row.uuid("organisation_id"),
                row.text("organisation_name"),
                row.text("slug"),
                ZoneId.of(row.text("zone")),
                row.uuid("id"),
                row.uuid("attendee_id"),
                row.text("client_name"),
                row.textOrNull("email"),
                row.number("number"),
                row.text("status"),
                row.number("version"),
                row.instant("start_at"),
                row.instant("end_at"),
                row.text("service_name"),
                row.text("staff_name"),
                row.textOrNull("location_name"),
                row.textOrNull("location_address"),
                row.text("occasion"),
                row.flag("overtaken"));
    }
}
