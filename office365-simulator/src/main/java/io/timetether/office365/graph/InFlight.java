package io.timetether.office365.graph;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Outlook's limit of requests at the same time per mailbox and application. */
final class InFlight {

    static final int LIMIT = 4;

    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    /** Takes a place; false when all are taken. */
    boolean enter(String mailboxAndApplication) {
        boolean[] entered = {false};
        taken.compute(mailboxAndApplication, (key, count) -> {
            int now = count == null ? 0 : count;
            entered[0] = now < LIMIT;
            return entered[0] ? Integer.valueOf(now + 1) : Integer.valueOf(now);
        });
        return entered[0];
    }

    void leave(String mailboxAndApplication) {
        taken.computeIfPresent(mailboxAndApplication, (key, count) -> count <= 1 ? null : count - 1);
    }

    int now(String mailboxAndApplication) {
        return taken.getOrDefault(mailboxAndApplication, 0);
    }
}
