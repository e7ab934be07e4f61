package io.timetether.calendarsync;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneOffset;

/** The one clock of the service, in UTC, by milliseconds (what PostgreSQL keeps unchanged). Tests replace it by one that they set. */
@ApplicationScoped
class SystemClock {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }
}
