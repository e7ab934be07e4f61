package io.timetether.calendarsync.run;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.timetether.calendarsync.scheduling.Answer;
import io.timetether.calendarsync.scheduling.SchedulingClient;
import io.timetether.calendarsync.scheduling.StaffState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;

/** The zones of staff members, remembered for a minute: a poll every minute must not become a question every minute. */
@ApplicationScoped
class StaffZones {

    private final SchedulingClient scheduling;
    private final Cache<UUID, ZoneId> known = Caffeine.newBuilder()
            .maximumSize(200_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();

    StaffZones(SchedulingClient scheduling) {
        this.scheduling = scheduling;
    }

    /**
     * The zone in which whole days are closed; empty: the staff member is gone.
     *
     * @throws Halt when scheduling-service cannot be asked
     */
    Optional<ZoneId> find(UUID organisationId, UUID staffId) {
        ZoneId remembered = known.getIfPresent(staffId);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        return switch (scheduling.staff(organisationId, staffId)) {
            case Answer.Known<StaffState>(StaffState staff) -> {
                known.put(staffId, staff.zone());
                yield Optional.of(staff.zone());
            }
            case Answer.Missing<StaffState> gone -> Optional.empty();
            case Answer.Unavailable<StaffState>(String cause) -> throw new Halt(new Halt.Why.SchedulingAway(cause));
        };
    }
}
