package io.timetether.office365.mailbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The events of one calendar and the log of their changes. The log holds each event once, at its last change, so a reader that
 * walks it upwards from a sequence number meets all that changed since; numbers only rise and never appear late.
 */
public final class CalendarContents {

    /** One place in the log: a live event, or what is left of one. */
    public sealed interface Change {
        long sequence();

        /** An event as it is now. */
        record Live(long sequence, Event event) implements Change {}

        /** An event that is gone from this calendar. */
        record Gone(long sequence, Tombstone tombstone) implements Change {}
    }

    /** A sorted view that was computed for a window, good until the calendar changes. */
    private record View(long head, Instant from, Instant to, List<Occurrence> rows) {}

    private static final int VIEWS_KEPT = 4;

    private final Map<String, Event> events = new ConcurrentHashMap<>();
    private final Map<String, Tombstone> tombstones = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, String> log = new ConcurrentSkipListMap<>();
    private final List<View> views = new ArrayList<>();
    private volatile long head;

    public @Nullable Event find(String key) {
        return events.get(key);
    }

    public Collection<Event> all() {
        return events.values();
    }

    /** The highest sequence number in the log; 0 when nothing ever happened. */
    public long head() {
        return head;
    }

    /** The changes after a sequence number, in order. */
    public Iterable<Change> changesAfter(long sequence) {
        return () -> log.tailMap(sequence, false).entrySet().stream()
                .map(entry -> changeAt(entry.getKey(), entry.getValue()))
                .filter(java.util.Objects::nonNull)
                .iterator();
    }

    /** Everything in a window, as a calendar view shows it: single events first, each group by start. */
    public List<Occurrence> view(Instant from, Instant to) {
        long now = head;
        synchronized (views) {
            for (View view : views) {
                if (view.head == now && view.from.equals(from) && view.to.equals(to)) {
                    return view.rows;
                }
            }
        }
        List<Occurrence> rows = new ArrayList<>();
        for (Event event : events.values()) {
            rows.addAll(event.rowsIn(from, to));
        }
        rows.sort(Comparator.comparing((Occurrence row) -> row.kind() != Occurrence.Kind.singleInstance)
                .thenComparing(row -> row.span().startAt())
                .thenComparing(row -> row.event().key()));
        synchronized (views) {
            if (views.size() == VIEWS_KEPT) {
                views.removeFirst();
            }
            views.add(new View(now, from, to, List.copyOf(rows)));
        }
        return rows;
    }

    /** Takes in a new or changed event at its sequence number. */
    void put(Event event) {
        Event before = events.put(event.key(), event);
        Tombstone buried = tombstones.remove(event.key());
        log.put(event.sequence(), event.key());
        if (before != null) {
            log.remove(before.sequence());
        }
        if (buried != null) {
            log.remove(buried.sequence());
        }
        head = Math.max(head, event.sequence());
    }

    void bury(Tombstone tombstone) {
        Event before = events.remove(tombstone.key());
        tombstones.put(tombstone.key(), tombstone);
        log.put(tombstone.sequence(), tombstone.key());
        if (before != null) {
            log.remove(before.sequence());
        }
        head = Math.max(head, tombstone.sequence());
    }

    private @Nullable Change changeAt(long sequence, String key) {
        Event event = events.get(key);
        if (event != null && event.sequence() == sequence) {
            return new Change.Live(sequence, event);
        }
        Tombstone tombstone = tombstones.get(key);
        // Otherwise it has just moved on to a higher number, where the same walk meets it again.
        return tombstone != null && tombstone.sequence() == sequence ? new Change.Gone(sequence, tombstone) : null;
    }
}
