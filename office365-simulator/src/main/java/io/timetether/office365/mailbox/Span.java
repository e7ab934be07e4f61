package io.timetether.office365.mailbox;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.timetether.office365.zone.Zones;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * From when to when, on the clocks of the zones it was entered in; the end is exclusive.
 *
 * @param allDay a floating date range, midnight to midnight, which no zone shifts
 */
public record Span(LocalDateTime start, LocalDateTime end, String startZone, String endZone, boolean allDay) {

    /** The zone whose clock the start follows; an all-day span follows none, so UTC stands in. */
    public ZoneId startRules() {
        return allDay ? ZoneOffset.UTC : Zones.get(startZone);
    }

    public ZoneId endRules() {
        return allDay ? ZoneOffset.UTC : Zones.get(endZone);
    }

    @JsonIgnore
    public Instant startAt() {
        return start.atZone(startRules()).toInstant();
    }

    @JsonIgnore
    public Instant endAt() {
        return end.atZone(endRules()).toInstant();
    }

    /** The same times of day and length, beginning on another date. */
    Span onDate(LocalDate date) {
        long days = ChronoUnit.DAYS.between(start.toLocalDate(), date);
        return days == 0 ? this : new Span(start.plusDays(days), end.plusDays(days), startZone, endZone, allDay);
    }

    /** Whether any of it lies in the half-open window; a span without length lies where it starts. */
    boolean touches(Instant from, Instant to) {
        Instant begin = startAt();
        Instant finish = endAt();
        return begin.isBefore(to) && (finish.isAfter(from) || (finish.equals(begin) && !begin.isBefore(from)));
    }

    /** How many dates more than its first one it can reach into, generously. */
    long reachInDays() {
        return ChronoUnit.DAYS.between(start.toLocalDate(), end.toLocalDate()) + 2;
    }
}
