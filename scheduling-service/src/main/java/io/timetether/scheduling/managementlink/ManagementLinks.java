package io.timetether.scheduling.managementlink;

import io.timetether.scheduling.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Management links. A token is 256 random bits, given away once and never kept: only its hash is. So every message, and
 * every answer to a retried booking, has a link of its own; all of them lead to the same booking, until 30 days after it.
 */
@ApplicationScoped
public class ManagementLinks {

    private static final Duration VALID_AFTER_THE_END = Duration.ofDays(30);
    private static final int BYTES = 32;

    /** What a link opens: the part of one attendee in one appointment. */
    public record Opened(UUID appointmentId, UUID attendeeId) {}

    private final Sql sql;
    private final Clock clock;
    private final String publicUrl;
    private final SecureRandom random = new SecureRandom();

    ManagementLinks(Sql sql, Clock clock, @ConfigProperty(name = "timetether.public-url") String publicUrl) {
        this.sql = sql;
        this.clock = clock;
        this.publicUrl = publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
    }

    /** A new link to the appointment for the one who booked it: its first attendee. */
    public String forWhoBooked(UUID organisationId, String slug, UUID appointmentId) {
        UUID attendeeId = sql.get("""
                SELECT id FROM attendee WHERE organisation_id = ? AND appointment_id = ? ORDER BY position LIMIT 1
                """, row -> row.uuid("id"), organisationId, appointmentId);
        return forAttendee(organisationId, slug, appointmentId, attendeeId);
    }

    /** A new link to the appointment for one attendee. */
    public String forAttendee(UUID organisationId, String slug, UUID appointmentId, UUID attendeeId) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        sql.change("""
                INSERT INTO management_link (token_hash, organisation_id, appointment_id, attendee_id, created_at)
                VALUES (?, ?, ?, ?, ?)
                """, hash(token), organisationId, appointmentId, attendeeId, clock.instant());
        return publicUrl + "/book/" + slug + "/manage/" + token;
    }

    /** What this token opens in this organisation; nothing if it is unknown, of another organisation, or too old. */
    public Optional<Opened> find(UUID organisationId, String token) {
        return sql.find(
                """
                SELECT l.appointment_id, l.attendee_id FROM management_link l
                JOIN attendee t ON t.organisation_id = l.organisation_id AND t.id = l.attendee_id
                JOIN appointment a ON a.organisation_id = l.organisation_id AND a.id = l.appointment_id
                WHERE l.organisation_id = ? AND l.token_hash = ? AND a.end_at > ?
                """,
                row -> new Opened(row.uuid("appointment_id"), row.uuid("attendee_id")),
                organisationId,
                hash(token),
                clock.instant().minus(VALID_AFTER_THE_END));
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
