package io.timetether.calendarsync.stopping;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The feeds of a connection that have been stopped. */
@ApplicationScoped
class StoppedFeeds {

    private final Jdbi jdbi;

    StoppedFeeds(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public record Stopped(UUID feedId, UUID calendarId) {}

    List<Stopped> list(UUID organisationId, UUID connectionId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT id AS feed_id, remote_calendar_id AS calendar_id FROM feed
                        WHERE organisation_id = :organisation AND connection_id = :connection AND state = 'STOPPED'
                        """)
                .bind("organisation", organisationId)
                .bind("connection", connectionId)
                .mapTo(Stopped.class)
                .list());
    }
}
