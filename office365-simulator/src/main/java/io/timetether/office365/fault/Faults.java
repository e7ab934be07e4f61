package io.timetether.office365.fault;

import io.timetether.office365.fault.Trouble.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The orders that stand, in memory. Each hit is counted down once, however many requests come at the same time. */
public final class Faults {

    private final List<Fault> standing = new ArrayList<>();
    private long last;

    /** Orders a trouble; answers the order with its id. */
    public synchronized Fault order(Fault wish) {
        Fault known = wish.known("fault-" + ++last);
        standing.add(known);
        return known;
    }

    /** The orders that still stand, in the order in which they came. */
    public synchronized List<Fault> standing() {
        return List.copyOf(standing);
    }

    public synchronized boolean withdraw(String id) {
        return standing.removeIf(fault -> fault.id().equals(id));
    }

    public synchronized void withdrawAll() {
        standing.clear();
    }

    /** Ends all orders of one kind, as an administrator's consent ends the wall before it. */
    public synchronized void lift(Trouble trouble) {
        standing.removeIf(fault -> fault.trouble() == trouble);
    }

    /** The trouble that this request, sign-in or notification meets; counted as a hit. Delays are asked for apart. */
    public synchronized Optional<Fault> next(Place place, String personId, String what, String where) {
        for (Fault fault : standing) {
            if (fault.trouble().place() == place
                    && fault.trouble() != Trouble.LATE
                    && fault.meets(personId, what, where)) {
                count(fault);
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    /** How much longer an answer shall take; counted as a hit of each delay that is meant. */
    public synchronized Duration delay(String personId, String method, String path) {
        long millis = 0;
        for (Fault fault : List.copyOf(standing)) {
            if (fault.trouble() == Trouble.LATE && fault.meets(personId, method, path)) {
                millis += fault.millis();
                count(fault);
            }
        }
        return Duration.ofMillis(millis);
    }

    private void count(Fault hit) {
        if (hit.times() < 0) {
            return;
        }
        int at = standing.indexOf(hit);
        if (hit.times() <= 1) {
            standing.remove(at);
        } else {
            standing.set(at, hit.times(hit.times() - 1));
        }
    }
}
