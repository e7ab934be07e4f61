package io.timetether.calendarsync.plan;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time that is looked at, half-open, in instants. */
public record SyncWindow(Instant from, Instant until) {

    /** How far a calendar is read beyond what its feeds need, so that the window slides weekly and not daily. */
    static final int MARGIN_DAYS = 14;

    public SyncWindow {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("A window must end after it starts: " + from + " to " + until);
        }
    }

    /** What a feed needs: yesterday, in the staff member's zone, to so many months from today. */
    public static SyncWindow wanted(Instant now, ZoneId zone, int monthsAhead) {
        var today = now.atZone(zone).toLocalDate();
        return new SyncWindow(
                today.minusDays(1).atStartOfDay(zone).toInstant(),
                today.plusMonths(monthsAhead).plusDays(1).atStartOfDay(zone).toInstant());
    }

    /**
     * What a baseline reads so that it covers {@code this} for the next two weeks as well. Whole UTC days: Graph fixes
     * the window of a round at its first call for ever.
     */
    public SyncWindow toRead() {
        return new SyncWindow(
                from.atZone(ZoneOffset.UTC)
                        .toLocalDate()
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant(),
                until.atZone(ZoneOffset.UTC)
                        .toLocalDate()
                        .plusDays(1L + MARGIN_DAYS)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant());
    }

    /** Whether everything in {@code other} lies in here; a read window that no longer covers what is wanted must slide. */
    public boolean covers(SyncWindow other) {
        return !other.from.isBefore(from) && !other.until.isAfter(until);
    }

    /** The smallest window that covers both; one calendar is read once for all of its feeds. */
    public SyncWindow union(SyncWindow other) {
        return new SyncWindow(
                from.isBefore(other.from) ? from : other.from, until.isAfter(other.until) ? until : other.until);
    }

    /** Whether something from {@code startAt} to {@code endAt} happens, at least partly, in here. */
    public boolean overlaps(Instant startAt, Instant endAt) {
        return startAt.isBefore(until) && endAt.isAfter(from);
    }
}
