package io.timetether.calendarsync.http;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;

/**
 * Which operation an integrator's program may call, with which scope. What is not in this table is for people only,
 * whatever a token says; so are connecting an
 * account, which needs a browser, and sharing one, which is its owner's to do.
 */
final class MachineOperations {

    static final String READ = "calendar-sync:read";
    static final String MANAGE = "calendar-sync:manage";

    private static final Map<String, String> NEEDED = Map.ofEntries(
            entry("addSyncFeed", MANAGE),
            entry("changeSyncFeed", MANAGE),
            entry("getCalendarConnection", READ),
            entry("getRemoval", READ),
            entry("getSyncFeed", READ),
            entry("listCalendarConnections", READ),
            entry("listCalendarProviders", READ),
            entry("listCalendars", READ),
            entry("listConnectionShares", READ),
            entry("listRemainingEvents", READ),
            entry("listSyncFeeds", READ),
            entry("listSyncRuns", READ),
            entry("pauseSyncFeed", MANAGE),
            entry("previewSyncFeed", READ),
            entry("resumeSyncFeed", MANAGE),
            entry("stopCalendarConnection", MANAGE),
            entry("stopSyncFeed", MANAGE),
            entry("syncNow", MANAGE),
            entry("testCalendarConnection", MANAGE),
            entry("viewSyncFeed", READ),
            entry("watchSyncProgress", READ));

    private MachineOperations() {}

    /**
     * The scope that a program needs.
     *
     * @param operation the operation's id in the API's description
     * @return empty where programs have no business
     */
    static Optional<String> scopeFor(String operation) {
        return Optional.ofNullable(NEEDED.get(operation));
    }
}
