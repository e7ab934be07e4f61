package io.timetether.office365.journal;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The latest requests, in memory. */
public final class Journal {

    private static final int KEPT = 20_000;

    /**
     * One request.
     *
     * @param number rises by one with each request, from 1
     * @param mailbox the object id of the mailbox's owner, empty when the request was about none
     * @param path with its query; a code or token in it is left out
     * @param inFlight how many requests about the mailbox were being answered when this one came in, itself included
     */
    public record Entry(
            long number,
            Instant at,
            String mailbox,
            String method,
            String path,
            int status,
            int inFlight,
            long millis) {}

    private final Clock clock;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Map<String, Integer> peaks = new HashMap<>();
    private long last;

    public Journal(Clock clock) {
        this.clock = clock;
    }

    public synchronized void add(String mailbox, String method, String path, int status, int inFlight, long millis) {
        if (entries.size() == KEPT) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(++last, clock.instant(), mailbox, method, path, status, inFlight, millis));
        if (!mailbox.isEmpty()) {
            peaks.merge(mailbox, inFlight, Math::max);
        }
    }

    /** The entries after a number, oldest first. */
    public synchronized List<Entry> after(long number) {
        return new ArrayList<>(
                entries.stream().filter(entry -> entry.number() > number).toList());
    }

    /** The most requests that were in flight at once, per mailbox. */
    public synchronized Map<String, Integer> peaks() {
        return Map.copyOf(peaks);
    }

    public synchronized void clear() {
        entries.clear();
        peaks.clear();
    }
}
