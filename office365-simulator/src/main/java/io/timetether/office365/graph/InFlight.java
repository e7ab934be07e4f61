package io.timetether.office365.graph;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Outlook's limit of requests at the same time per mailbox and application. */
final class InFlight {

    static final int LIMIT = 4;

    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    /** Takes a place and answers how many are taken then; 0 when all were taken already. */
    int enter(String mailboxAndApplication) {
        int[] place = {0};
        taken.compute(mailboxAndApplication, (key, count) -> {
            int now = count == null ? 0 : count;
            place[0] = now < LIMIT ? now + 1 : 0;
            return Math.max(now, place[0]);
        });
        return place[0];
    }

    void leave(String mailboxAndApplication) {
        taken.computeIfPresent(mailboxAndApplication, (key, count) -> count <= 1 ? null : count - 1);
    }
}
