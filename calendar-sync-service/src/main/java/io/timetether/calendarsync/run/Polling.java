package io.timetether.calendarsync.run;

import io.timetether.calendarsync.account.RemoteCalendar;
import io.timetether.calendarsync.account.RemoteCalendars;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a calendar is looked at again unasked (product.md §9): every 4 min ± 30 s beside a healthy subscription, every
 * 50 s ± 10 s without one, and soon once more when Microsoft's word came before its data.
 */
@ApplicationScoped
class Polling {

    private static final Duration SUBSCRIBED = Duration.ofMinutes(4);
    private static final Duration SUBSCRIBED_SPREAD = Duration.ofSeconds(30);
    private static final Duration UNSUBSCRIBED = Duration.ofSeconds(50);
    private static final Duration UNSUBSCRIBED_SPREAD = Duration.ofSeconds(10);
    private static final Duration JUST_NOW = Duration.ofSeconds(40);
    private static final Duration LATE_DATA = Duration.ofSeconds(15);

    private final RemoteCalendars calendars;
    private final Clock clock;

    Polling(RemoteCalendars calendars, Clock clock) {
        this.calendars = calendars;
        this.clock = clock;
    }

    Instant next(RemoteCalendar run, int events) {
        Instant now = clock.instant();
        RemoteCalendar fresh = calendars.find(run.id()).orElse(run);
        Instant notified = fresh.notifiedAt();
        if (events == 0 && notified != null && notified.isAfter(now.minus(JUST_NOW))) {
            return now.plus(LATE_DATA);
        }
        return fresh.isSubscribed(now)
                ? now.plus(spread(SUBSCRIBED, SUBSCRIBED_SPREAD))
                : now.plus(spread(UNSUBSCRIBED, UNSUBSCRIBED_SPREAD));
    }

    private static Duration spread(Duration middle, Duration spread) {
        long millis = spread.toMillis();
        return middle.plusMillis(ThreadLocalRandom.current().nextLong(-millis, millis + 1));
    }
}
