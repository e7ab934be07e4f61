package io.timetether.calendarsync.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** When a remote event takes place, as far as it could be understood. Ends are exclusive. */
public sealed interface EventTime {

    /** Between two instants; the zone of the mailbox has been resolved already. */
    record Timed(Instant startAt, Instant endAt) implements EventTime {}

    /**
     * Whole calendar days. A floating date and not an instant: Graph answers midnight to midnight whatever zone is
     * preferred, and the days belong to the zone of the staff member.
     */
    record AllDay(LocalDate startDate, LocalDate endDate) implements EventTime {}

    /** The event names a zone that nobody knows; guessing would shift the block. Local times as Graph wrote them. */
    record UnknownZone(String zone, String localStart, String localEnd) implements EventTime {}

    /** The first instant of these times; whole days are read in {@code zone}. An unknown zone has none: null. */
    default @Nullable Instant startsAt(ZoneId zone) {
        return switch (this) {
            case Timed timed -> timed.startAt();
            case AllDay days -> days.startDate().atStartOfDay(zone).toInstant();
            case UnknownZone unknown -> null;
        };
    }

    /** The first instant after these times; whole days are read in {@code zone}. An unknown zone has none: null. */
    default @Nullable Instant endsAt(ZoneId zone) {
        return switch (this) {
            case Timed timed -> timed.endAt();
            case AllDay days -> days.endDate().atStartOfDay(zone).toInstant();
            case UnknownZone unknown -> null;
        };
    }
}
