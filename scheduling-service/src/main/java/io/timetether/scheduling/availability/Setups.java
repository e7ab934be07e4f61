package io.timetether.scheduling.availability;

import io.timetether.scheduling.availability.Setup.Member;
import io.timetether.scheduling.availability.Setup.Place;
import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.service.Service;
import io.timetether.scheduling.service.Services;
import io.timetether.scheduling.staff.Timetable;
import io.timetether.scheduling.staff.WorkingHours;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Remembers each organisation's setup. What is remembered may be old: whoever uses it reads the version along with the
 * busy time, in one statement, and asks for a new one if it is another. So it is exact on every instance, and nobody has
 * to be told of changes.
 */
@ApplicationScoped
class Setups {

    private static final int REMEMBERED = 2000;

    private record Policy(long version, ZoneId zone, boolean closesWhenStale) {}

    private final Sql sql;
    private final Services services;
    private final WorkingHours workingHours;
    private final Clock clock;
    private final Map<UUID, Setup> remembered = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Setup> eldest) {
            return size() > REMEMBERED;
        }
    };

    Setups(Sql sql, Services services, WorkingHours workingHours, Clock clock) {
        this.sql = sql;
        this.services = services;
        this.workingHours = workingHours;
        this.clock = clock;
    }

    /** As it was when it was last read. */
    Setup remembered(UUID organisationId) {
        return peek(organisationId).orElseGet(() -> readAgain(organisationId));
    }

    /**
     * The version is read first: if something changes while the rest is read, the result is newer than its version says,
     * and the next reader, who sees the newer version, reads again.
     */
    Setup readAgain(UUID organisationId) {
        Policy policy = sql.get(
                """
                SELECT coalesce((SELECT version FROM setup WHERE organisation_id = o.id), 0) AS version, o.time_zone,
                       o.stale_policy = 'CLOSE_BOOKING' AS closes
                FROM organisation o WHERE o.id = ?
                """,
                row -> new Policy(row.number("version"), ZoneId.of(row.text("time_zone")), row.flag("closes")),
                organisationId);
        LocalDate from = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(7);
        Map<UUID, Timetable> timetables = workingHours.timetables(organisationId, from);
        Map<UUID, Member> staff = new LinkedHashMap<>();
        sql.list(
                "SELECT id, time_zone, active FROM staff WHERE organisation_id = ? AND erased_at IS NULL ORDER BY name, id",
                row -> {
                    UUID id = row.uuid("id");
                    return staff.put(
                            id,
                            new Member(
                                    id,
                                    ZoneId.of(row.text("time_zone")),
                                    row.flag("active"),
                                    timetables.getOrDefault(id, Timetable.EMPTY)));
                },
                organisationId);
        Map<UUID, Service> byId = services.listAll(organisationId).stream()
                .collect(Collectors.toMap(service -> service.id, Function.identity()));
        Map<UUID, Place> places = sql
                .list(
                        "SELECT id, name, active FROM location WHERE organisation_id = ?",
                        row -> new Place(row.uuid("id"), row.text("name"), row.flag("active")),
                        organisationId)
                .stream()
                .collect(Collectors.toMap(Place::id, Function.identity()));
        Setup setup = new Setup(
                organisationId, policy.version(), policy.zone(), policy.closesWhenStale(), staff, byId, places);
        synchronized (remembered) {
            remembered.put(organisationId, setup);
        }
        return setup;
    }

    /** What is remembered, if anything is. */
    Optional<Setup> peek(UUID organisationId) {
        synchronized (remembered) {
            return Optional.ofNullable(remembered.get(organisationId));
        }
    }
}
