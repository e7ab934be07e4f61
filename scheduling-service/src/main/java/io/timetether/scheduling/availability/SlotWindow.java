package io.timetether.scheduling.availability;

import io.timetether.scheduling.http.ProblemType;
import java.time.Duration;
import java.time.Instant;

/** The time in which slots are looked for: half-open, at most 92 days; anything else is a 400. */
public record SlotWindow(Instant from, Instant until) {

    private static final Duration LONGEST = Duration.ofDays(92);

    public static SlotWindow of(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw ProblemType.invalid("to", "must be after from");
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw ProblemType.invalid("to", "must be at most 92 days after from");
        }
        return new SlotWindow(from, to);
    }
}
