package io.timetether.scheduling.publicbooking;

import io.timetether.scheduling.database.Row;
import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.http.Cursor;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an organisation offers to the public: active services that somebody active offers, and who that is. */
@ApplicationScoped
class PublicOffers {

    @Schema(name = "PublicService", description = "A service that can be booked, and by whom it is given.")
    record Offer(
            UUID id,
            String name,
            int durationMinutes,
            boolean needsConfirmation,
            int minimumNoticeMinutes,
            int horizonDays,
            @Nullable PublicLocation location,
            List<UUID> staffIds) {}

    @Schema(name = "PublicLocation")
    record PublicLocation(String name, @Nullable String address) {}

    @Schema(name = "PublicStaffMember")
    record PublicStaffMember(UUID id, String name) {}

    private static final String OFFERED = """
            SELECT s.id, s.name, s.duration_minutes, s.needs_confirmation, s.minimum_notice_minutes, s.horizon_days,
                   l.name AS location_name, l.address, o.staff_ids
            FROM service s
            LEFT JOIN location l ON l.organisation_id = s.organisation_id AND l.id = s.location_id
            CROSS JOIN LATERAL (
                SELECT array_agg(m.id ORDER BY m.name, m.id) AS staff_ids FROM staff m
                WHERE m.organisation_id = s.organisation_id AND m.active AND (s.offered_by_all OR EXISTS (
                    SELECT 1 FROM service_staff g
                    WHERE g.organisation_id = s.organisation_id AND g.service_id = s.id AND g.staff_id = m.id))
            ) o
            WHERE s.organisation_id = ? AND s.active AND o.staff_ids IS NOT NULL
            """;

    private final Sql sql;

    PublicOffers(Sql sql) {
        this.sql = sql;
    }

    Optional<Offer> find(UUID organisationId, UUID serviceId) {
        return sql.find(OFFERED + " AND s.id = ?", PublicOffers::read, organisationId, serviceId);
    }

    /** By name; one more than {@code limit} if there are more. */
    List<Offer> list(UUID organisationId, @Nullable Cursor after, int limit) {
        return sql.list(
                OFFERED + " AND (?::text IS NULL OR (s.name, s.id) > (?::text, ?::uuid)) ORDER BY s.name, s.id LIMIT ?",
                PublicOffers::read,
                organisationId,
                after == null ? null : after.text(0),
                after == null ? null : after.text(0),
                after == null ? null : after.uuid(1),
                limit + 1);
    }

    /** Active staff members who give at least one service, by name; one more than {@code limit} if there are more. */
    List<PublicStaffMember> listStaff(UUID organisationId, @Nullable Cursor after, int limit) {
        return sql.list(
                """
                SELECT m.id, m.name FROM staff m
                WHERE m.organisation_id = ? AND m.active AND EXISTS (
                    SELECT 1 FROM service s WHERE s.organisation_id = m.organisation_id AND s.active
                      AND (s.offered_by_all OR EXISTS (
                          SELECT 1 FROM service_staff g
                          WHERE g.organisation_id = s.organisation_id AND g.service_id = s.id AND g.staff_id = m.id)))
                  AND (?::text IS NULL OR (m.name, m.id) > (?::text, ?::uuid))
                ORDER BY m.name, m.id LIMIT ?
                """,
                row -> new PublicStaffMember(row.uuid("id"), row.text("name")),
                organisationId,
                after == null ? null : after.text(0),
                after == null ? null : after.text(0),
                after == null ? null : after.uuid(1),
                limit + 1);
    }

    /** Also of somebody who has left. */
    String staffName(UUID organisationId, UUID staffId) {
        return sql.get(
                "SELECT name FROM staff WHERE organisation_id = ? AND id = ?",
                row -> row.text("name"),
                organisationId,
                staffId);
    }

    private static Offer read(Row row) throws SQLException {
        String location = row.textOrNull("location_name");
        return new Offer(
                row.uuid("id"),
                row.text("name"),
                row.integer("duration_minutes"),
                row.flag("needs_confirmation"),
                row.integer("minimum_notice_minutes"),
                row.integer("horizon_days"),
                location == null ? null : new PublicLocation(location, row.textOrNull("address")),
                row.uuids("staff_ids"));
    }
}
