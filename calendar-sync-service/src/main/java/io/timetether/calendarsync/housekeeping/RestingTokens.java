package io.timetether.calendarsync.housekeeping;

import io.timetether.calendarsync.connection.CalendarAccess;
import io.timetether.calendarsync.connection.Connection;
import io.timetether.calendarsync.connection.Connections;
import io.timetether.calendarsync.graph.InFlightSlots.Lane;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Refresh tokens die after 90 days of rest (graph.md §1.3): those of paused feeds are used once a week. */
@ApplicationScoped
class RestingTokens {

    private static final int AT_ONCE = 50;

    private final Connections connections;
    private final CalendarAccess access;

    RestingTokens(Connections connections, CalendarAccess access) {
        this.connections = connections;
        this.access = access;
    }

    void refresh() {
        for (Connection resting : connections.listResting(AT_ONCE)) {
            UUID accountId = resting.accountId();
            if (accountId != null) {
                access.through(accountId, resting.id(), Lane.BACKGROUND);
            }
        }
    }
}
