package io.timetether.scheduling.timeoff;

import io.timetether.scheduling.http.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The time that a time off takes: two instants, and the dates that they follow from where it takes whole dates. */
record Span(
        Instant startAt,
        Instant endAt,
        @Nullable LocalDate startDate,
        @Nullable LocalDate endDate) {

    static final Duration LONGEST = Duration.ofDays(3 * 366);

    /** Either instants or dates (the last one exclusive) in the staff member's zone; anything else is a 400. */
    static Span of(
            ZoneId zone,
            @Nullable Instant startAt,
            @Nullable Instant endAt,
            @Nullable LocalDate startDate,
            @Nullable LocalDate endDate) {
        boolean byDates = startDate != null || endDate != null;
        if (byDates && (startAt != null || endAt != null)) {
            throw ProblemType.invalid("startAt", "must be absent where dates are given");
        }
        if (byDates) {
            LocalDate first = given("startDate", startDate);
            LocalDate last = given("endDate", endDate);
            return checked(
                    "endDate",
                    new Span(AllDayEntries.startOf(first, zone), AllDayEntries.startOf(last, zone), first, last));
        }
        return checked("endAt", new Span(given("startAt", startAt), given("endAt", endAt), null, null));
    }

    private static Span checked(String field, Span span) {
        if (!span.startAt().isBefore(span.endAt())) {
            throw ProblemType.invalid(field, "must be after the start (an end date is exclusive)");
        }
        if (Duration.between(span.startAt(), span.endAt()).compareTo(LONGEST) > 0) {
            throw ProblemType.invalid(field, "must be at most three years after the start");
        }
        return span;
    }

    private static <T> T given(String field, @Nullable T value) {
        if (value == null) {
            throw ProblemType.invalid(field, "must be given: startAt and endAt, or startDate and endDate");
        }
        return value;
    }
}
