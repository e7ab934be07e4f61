package io.timetether.calendarsync.graph;

import java.util.Optional;
import java.util.UUID;

/**
 * The requests that may be in flight to one mailbox, over all instances (Microsoft allows four). Given by the room that
 * owns the accounts.
 */
@FunctionalInterface
public interface InFlightSlots {

    /** How many there are. */
    int ALL = 4;

    /** How many of them background work may hold. */
    int BACKGROUND = 3;

    /**
     * Takes a slot, waiting a little for one if need be.
     *
     * @return empty when none became free in time: the run is postponed
     */
    Optional<Lease> acquire(UUID accountId, Lane lane);

    /** A slot that is held; closing gives it back. */
    @FunctionalInterface
    interface Lease extends AutoCloseable {
        @Override
        void close();
    }

    /** Who is asking: background work leaves one slot to people who wait. */
    enum Lane {
        BACKGROUND,
        INTERACTIVE
    }
}
