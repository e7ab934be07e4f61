package io.timetether.scheduling.timeoff;

import io.timetether.scheduling.http.ProblemType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The entries that a wish for time off becomes: one, or one for each date on which it comes again. */
final class Occurrences {

    private Occurrences() {}

    /** How many there will be at most; the exact number is known only with the staff member's zone. */
    static int most(NewTimeOff wish) {
        Repetition repeats = wish.repeats();
        Instant startAt = wish.startAt();
        LocalDate first = startAt == null ? wish.startDate() : LocalDate.ofInstant(startAt, ZoneOffset.UTC);
        return repeats == null || first == null
                ? 1
                : repeats.dates(first.minusDays(1)).size() + 8;
    }

    /** At the same wall-clock times of the zone, whatever the clocks do in between. */
    static List<TimeOff> of(NewTimeOff wish, ZoneId zone, long firstNumber) {
        Span first = Span.of(zone, wish.startAt(), wish.endAt(), wish.startDate(), wish.endDate());
        Repetition repeats = wish.repeats();
        if (repeats == null) {
            return List.of(entry(wish, first, firstNumber, null));
        }
        LocalDateTime start = LocalDateTime.ofInstant(first.startAt(), zone);
        LocalDateTime end = LocalDateTime.ofInstant(first.endAt(), zone);
        if (repeats.until().isAfter(start.toLocalDate().plusYears(3))) {
            throw ProblemType.invalid("repeats.until", "must be at most three years after the start");
        }
        List<LocalDate> dates = repeats.dates(start.toLocalDate());
        if (dates.isEmpty() || dates.size() > Repetition.MOST) {
            throw ProblemType.invalid(
                    "repeats.until", "must let it begin at least once, and at most " + Repetition.MOST + " times");
        }
        UUID seriesId = UUID.randomUUID();
        long number = firstNumber;
        List<TimeOff> entries = new ArrayList<>();
        for (LocalDate date : dates) {
            long days = ChronoUnit.DAYS.between(start.toLocalDate(), date);
            LocalDate startDate = first.startDate();
            LocalDate endDate = first.endDate();
            Span span = startDate != null && endDate != null
                    ? Span.of(zone, null, null, startDate.plusDays(days), endDate.plusDays(days))
                    : new Span(
                            start.plusDays(days).atZone(zone).toInstant(),
                            end.plusDays(days).atZone(zone).toInstant(),
                            null,
                            null);
            // A clock change can leave nothing of a short one.
            if (span.startAt().isBefore(span.endAt())) {
                entries.add(entry(wish, span, number++, seriesId));
            }
        }
        return entries;
    }

    private static TimeOff entry(NewTimeOff wish, Span span, long number, @Nullable UUID seriesId) {
        return new TimeOff(
                UUID.randomUUID(),
                number,
                wish.staffId(),
                wish.title(),
                span.startAt(),
                span.endAt(),
                span.startDate(),
                span.endDate(),
                TimeOff.Source.MANUAL,
                1,
                seriesId,
                null);
    }
}
