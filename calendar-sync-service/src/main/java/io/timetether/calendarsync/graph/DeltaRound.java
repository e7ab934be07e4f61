package io.timetether.calendarsync.graph;

import io.timetether.calendarsync.graph.wire.EventJson;
import io.timetether.calendarsync.graph.wire.EventPage;
import io.timetether.calendarsync.plan.RemoteEvent;
import io.timetether.calendarsync.plan.RoundEvidence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * What one delta round has shown so far (docs/graph-notes.md). Completes bare occurrences from their series, and keeps the account
 * of ids from which the end of the round draws its conclusions: of repeats, the last one counts.
 */
final class DeltaRound {

    /** Legitimate rounds repeat a page now and then; endless ones do so for ever, under changing tokens. */
    private static final int REPEATS = 3;

    private static final int EMPTY_PAGES = 100;

    private final Function<String, GraphReply<EventJson>> fetchMaster;
    private final Map<String, EventReading.Series> masters = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> removed = new HashSet<>();
    private final Map<String, Set<String>> series = new HashMap<>();
    private final Map<Integer, Integer> pagesLike = new HashMap<>();
    private int pages;
    private int emptyPages;
    private int events;
    private int skipped;

    DeltaRound(Function<String, GraphReply<EventJson>> fetchMaster) {
        this.fetchMaster = fetchMaster;
    }

    /** Takes in one page; answers the events to hand over, or why a series could not be read. */
    GraphReply<List<RemoteEvent>> take(EventPage page) {
        List<EventJson> items = page.value() == null ? List.of() : page.value();
        pages++;
        emptyPages = items.isEmpty() ? emptyPages + 1 : 0;
        if (!items.isEmpty()) {
            pagesLike.merge(fingerprint(items), 1, Integer::sum);
        }
        // Order is arbitrary: an occurrence may stand before its series.
        for (EventJson item : items) {
            if (item.id() != null && item.removed() == null && isMaster(item)) {
                masters.put(item.id(), EventReading.series(item));
            }
        }
        Map<String, RemoteEvent> found = new LinkedHashMap<>();
        for (EventJson item : items) {
            String id = item.id();
            if (id == null) {
                continue;
            }
            if (item.removed() != null) {
                found.remove(id);
                remove(id);
                continue;
            }
            removed.remove(id);
            if (isMaster(item)) {
                series.computeIfAbsent(id, absent -> new HashSet<>());
                continue;
            }
            GraphReply<RemoteEvent> read = read(item);
            switch (read) {
                case GraphReply.Ok<RemoteEvent> ok -> {
                    show(item, id);
                    found.remove(id);
                    found.put(id, ok.value());
                }
                case GraphReply.Failed<RemoteEvent> failed -> {
                    if (failed.problem() instanceof GraphProblem.NotFound) {
                        // Its series does not exist. Left out, and nothing is concluded from its absence.
                        seen.add(id);
                        skipped++;
                    } else {
                        return new GraphReply.Failed<>(failed.problem());
                    }
                }
            }
        }
        events += found.size();
        return new GraphReply.Ok<>(new ArrayList<>(found.values()));
    }

    private void show(EventJson item, String id) {
        seen.add(id);
        if (item.seriesMasterId() != null) {
            series.computeIfAbsent(item.seriesMasterId(), absent -> new HashSet<>())
                    .add(id);
        }
    }

    private void remove(String id) {
        removed.add(id);
        seen.remove(id);
        masters.remove(id);
        series.remove(id);
        series.values().forEach(instances -> instances.remove(id));
    }

    private GraphReply<RemoteEvent> read(EventJson item) {
        String masterId = item.seriesMasterId();
        if (masterId == null || !isBare(item)) {
            return new GraphReply.Ok<>(EventReading.complete(item));
        }
        EventReading.Series master = masters.get(masterId);
        if (master != null) {
            return new GraphReply.Ok<>(EventReading.ofSeries(item, master));
        }
        return switch (fetchMaster.apply(masterId)) {
            case GraphReply.Ok<EventJson> ok -> {
                EventReading.Series fetched = EventReading.series(ok.value());
                masters.put(masterId, fetched);
                yield new GraphReply.Ok<>(EventReading.ofSeries(item, fetched));
            }
            case GraphReply.Failed<EventJson> failed -> new GraphReply.Failed<>(failed.problem());
        };
    }

    private static boolean isMaster(EventJson item) {
        return "seriesMaster".equalsIgnoreCase(Objects.requireNonNullElse(item.type(), ""));
    }

    /** Exceptions come whole; occurrences without a word on how they are shown do not. */
    private static boolean isBare(EventJson item) {
        return item.showAs() == null;
    }

    private static int fingerprint(List<EventJson> items) {
        Set<String> ids = new HashSet<>();
        items.forEach(item -> ids.add(item.id() + (item.removed() == null ? "" : "-")));
        return ids.hashCode();
    }

    /** Whether the pages go in circles. */
    boolean isEndless(int maxPages) {
        return pages >= maxPages
                || emptyPages >= EMPTY_PAGES
                || pagesLike.values().stream().anyMatch(count -> count > REPEATS);
    }

    int pages() {
        return pages;
    }

    RoundOutcome.Complete complete(RoundStart start, String deltaLink) {
        RoundEvidence evidence = switch (start) {
            case RoundStart.Baseline baseline -> new RoundEvidence.FullRead(baseline.window(), Set.copyOf(seen));
            case RoundStart.Cursor cursor ->
                new RoundEvidence.Changes(cursor.window(), Set.copyOf(seen), Set.copyOf(removed), copy(series));
        };
        return new RoundOutcome.Complete(deltaLink, evidence, pages, events, skipped);
    }

    private static Map<String, Set<String>> copy(Map<String, Set<String>> series) {
        Map<String, Set<String>> copy = new HashMap<>();
        series.forEach((id, instances) -> copy.put(id, Set.copyOf(instances)));
        return Map.copyOf(copy);
    }
}
