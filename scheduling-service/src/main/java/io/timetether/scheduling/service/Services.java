package io.timetether.scheduling.service;

import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.directory.Entries;
import io.timetether.scheduling.directory.EntryKind;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.staff.StaffErased;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Services with who offers them, always of one organisation. */
@ApplicationScoped
public class Services implements Entries<Service> {

    private record Offer(UUID serviceId, UUID staffId) {}

    private final Sql sql;

    Services(Sql sql) {
        this.sql = sql;
    }

    @Override
    public EntryKind kind() {
        return EntryKind.SERVICE;
    }

    /** All services of an organisation. */
    public List<Service> listAll(UUID organisationId) {
        return withStaff(organisationId, list("organisationId", organisationId));
    }

    @Override
    public Optional<Service> findOne(UUID organisationId, UUID id) {
        return Entries.super
                .findOne(organisationId, id)
                .map(service -> withStaff(organisationId, List.of(service)).getFirst());
    }

    /**
     * By name, of any activity or of one, offered by anybody or by one staff member; one row more than {@code limit} if
     * there are more.
     */
    List<Service> list(
            UUID organisationId,
            @Nullable String text,
            @Nullable Boolean active,
            @Nullable UUID staffId,
            @Nullable Cursor after,
            int limit) {
        List<Service> services = listByName(
                organisationId,
                active,
                after,
                limit,
                "lower(name) like :text escape '!' and (offeredByAll in :anyOffer or id in :offered)",
                Map.of(
                        "text", Entries.containing(text),
                        "anyOffer", staffId == null ? List.of(true, false) : List.of(true),
                        "offered", staffId == null ? List.of() : offeredBy(organisationId, staffId)));
        return withStaff(organisationId, services);
    }

    /** Says who offers it; the staff members must be the organisation's, else 400. */
    void offerBy(Service service, List<UUID> staffIds) {
        sql.change(
                "DELETE FROM service_staff WHERE organisation_id = ? AND service_id = ?",
                service.organisationId,
                service.id);
        List<UUID> distinct = staffIds.stream().distinct().toList();
        int known = sql.change("""
                INSERT INTO service_staff (organisation_id, service_id, staff_id)
                SELECT organisation_id, ?, id FROM staff WHERE organisation_id = ? AND id = ANY (?) AND erased_at IS NULL FOR KEY SHARE
                """, service.id, service.organisationId, distinct.toArray(UUID[]::new));
        if (known < distinct.size()) {
            throw ProblemType.invalid("staffIds", "must be staff members of the organisation");
        }
        service.staffIds = distinct.stream().sorted().toList();
    }

    /** Offers nothing any more. */
    void onErasure(@Observes StaffErased erased) {
        sql.change(
                "DELETE FROM service_staff WHERE organisation_id = ? AND staff_id = ?",
                erased.organisationId(),
                erased.staffId());
    }

    private List<UUID> offeredBy(UUID organisationId, UUID staffId) {
        return sql.list(
                "SELECT service_id FROM service_staff WHERE organisation_id = ? AND staff_id = ?",
                row -> row.uuid("service_id"),
                organisationId,
                staffId);
    }

    private List<Service> withStaff(UUID organisationId, List<Service> services) {
        List<UUID> ids = services.stream()
                .filter(service -> !service.offeredByAll)
                .map(service -> service.id)
                .toList();
        if (!ids.isEmpty()) {
            Map<UUID, List<UUID>> offers = sql
                    .list(
                            """
                            SELECT service_id, staff_id FROM service_staff
                            WHERE organisation_id = ? AND service_id = ANY (?) ORDER BY staff_id
                            """,
                            row -> new Offer(row.uuid("service_id"), row.uuid("staff_id")),
                            organisationId,
                            ids.toArray(UUID[]::new))
                    .stream()
                    .collect(Collectors.groupingBy(
                            Offer::serviceId, Collectors.mapping(Offer::staffId, Collectors.toList())));
            for (Service service : services) {
                service.staffIds = new ArrayList<>(offers.getOrDefault(service.id, List.of()));
            }
        }
        return services;
    }
}
