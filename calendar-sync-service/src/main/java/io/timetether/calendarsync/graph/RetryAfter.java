package io.timetether.calendarsync.graph;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import okhttp3.Response;

/** How long Graph asks to be left alone: seconds, decimals too (its own documentation shows 2.128), or a date. */
final class RetryAfter {

    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    static Optional<Duration> of(Response response, Clock clock) {
        String header = response.header("Retry-After");
        return header == null ? Optional.empty() : parse(header.strip(), clock);
    }

    static Optional<Duration> parse(String text, Clock clock) {
        try {
            BigDecimal seconds = new BigDecimal(text);
            if (seconds.signum() < 0 || seconds.compareTo(BigDecimal.valueOf(LONGEST.toSeconds())) > 0) {
                return Optional.of(seconds.signum() < 0 ? Duration.ZERO : LONGEST);
            }
            return Optional.of(Duration.ofMillis(
                    seconds.movePointRight(3).setScale(0, RoundingMode.UP).longValue()));
        } catch (NumberFormatException notSeconds) {
            return date(text, clock);
        }
    }

    private static Optional<Duration> date(String text, Clock clock) {
        try {
            Duration until = Duration.between(
                    clock.instant(),
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            if (until.isNegative()) {
                return Optional.of(Duration.ZERO);
            }
            return Optional.of(until.compareTo(LONGEST) > 0 ? LONGEST : until);
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
