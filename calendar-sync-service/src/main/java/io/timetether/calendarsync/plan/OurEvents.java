package io.timetether.calendarsync.plan;

import java.util.Set;

/**
 * What the mapping of one organisation says about its own events in Office 365: their ids, the transaction ids committed
 * before each create was sent, and the iCalUIds by which they are seen through another account.
 */
public record OurEvents(Set<String> ids, Set<String> transactionIds, Set<String> iCalUIds) {

    public OurEvents {
        ids = Set.copyOf(ids);
        transactionIds = Set.copyOf(transactionIds);
        iCalUIds = Set.copyOf(iCalUIds);
    }

    public static OurEvents none() {
        return new OurEvents(Set.of(), Set.of(), Set.of());
    }
}
