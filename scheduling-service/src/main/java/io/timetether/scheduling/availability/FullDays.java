package io.timetether.scheduling.availability;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The days on which a service has reached its maximum: one staff member's, in their zone, and that of all together, in
 * the organisation's. PURE.
 */
public record FullDays(ZoneId staffZone, Set<LocalDate> ofStaff, ZoneId organisationZone, Set<LocalDate> ofAll) {

    public static final FullDays NONE = new FullDays(ZoneId.of("Z"), Set.of(), ZoneId.of("Z"), Set.of());

    /** One appointment or living hold of the service; {@code start} in epoch seconds. */
    public record Taken(UUID staffId, long start) {}

    static FullDays of(
            UUID staffId,
            ZoneId staffZone,
            @Nullable Integer maximumOfStaff,
            ZoneId organisationZone,
            @Nullable Integer maximumOfAll,
            List<Taken> taken) {
        List<Taken> own =
                taken.stream().filter(one -> one.staffId().equals(staffId)).toList();
        return new FullDays(
                staffZone,
                full(staffZone, maximumOfStaff, own),
                organisationZone,
                full(organisationZone, maximumOfAll, taken));
    }

    /** True if an appointment that begins then would be one too many. */
    public boolean at(long start) {
        return !ofStaff.isEmpty() && ofStaff.contains(day(staffZone, start))
                || !ofAll.isEmpty() && ofAll.contains(day(organisationZone, start));
    }

    private static Set<LocalDate> full(ZoneId zone, @Nullable Integer maximum, List<Taken> taken) {
        if (maximum == null) {
            return Set.of();
        }
        Map<LocalDate, Integer> counts = new HashMap<>();
        taken.forEach(one -> counts.merge(day(zone, one.start()), 1, Integer::sum));
        return counts.entrySet().stream()
                .filter(day -> day.getValue() >= maximum)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static LocalDate day(ZoneId zone, long start) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(start), zone);
    }
}
