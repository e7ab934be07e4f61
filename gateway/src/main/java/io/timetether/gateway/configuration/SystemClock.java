package io.timetether.gateway.configuration;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The only place where real time comes in. */
final class SystemClock {

    private SystemClock() {}

    @Produces
    @Singleton
    static Clock clock() {
        return Clock.systemUTC();
    }
}
