package io.timetether.scheduling.timeoff;

import io.timetether.scheduling.changes.Changes.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which imported items block. PURE. Of the copies of one meeting exactly one blocks; the one that does keeps
 * doing so while it can, else the copy with the lowest (feed, item) takes over.
 */
final class VerdictPlanner {

    private VerdictPlanner() {}

    /** An item as it is stored. Rejected for another reason than being a copy means: it could not block at all. */
    record Stored(Item item, @Nullable String copyKey, Verdict verdict) {}

    /** An item as it is now sent; {@code obstacle} says why it could not block at all. */
    record Sent(
            Item item, @Nullable String copyKey, @Nullable Verdict obstacle) {}

    /** Verdicts of what was sent, and those others that change by it. */
    record Plan(Map<Item, Verdict> sent, Map<Item, Verdict> changedOthers) {}

    private record Candidate(Item item, boolean blocksNow, boolean isSent) {}

    /**
     * @param stored at least: what is sent or removed, and all of the staff member's that share a copy key with any of these
     */
    static Plan plan(List<Stored> stored, List<Sent> sent, Set<Item> removed) {
        Map<Item, Stored> before = new LinkedHashMap<>();
        stored.forEach(item -> before.put(item.item(), item));
        Map<Item, Verdict> sentVerdicts = new LinkedHashMap<>();
        Map<String, List<Candidate>> copies = new HashMap<>();
        for (Sent item : sent) {
            Verdict obstacle = item.obstacle();
            sentVerdicts.put(item.item(), obstacle == null ? Verdict.LOADED : obstacle);
            if (obstacle == null && item.copyKey() != null) {
                Stored was = before.get(item.item());
                boolean blocksNow =
                        was != null && was.verdict().isLoaded() && Objects.equals(was.copyKey(), item.copyKey());
                add(copies, item.copyKey(), new Candidate(item.item(), blocksNow, true));
            }
        }
        for (Stored item : stored) {
            boolean couldBlock = item.verdict().isLoaded()
                    || Verdict.ALREADY_IN_CALENDAR.equals(item.verdict().reasonCode());
            if (couldBlock
                    && item.copyKey() != null
                    && !sentVerdicts.containsKey(item.item())
                    && !removed.contains(item.item())) {
                add(
                        copies,
                        item.copyKey(),
                        new Candidate(item.item(), item.verdict().isLoaded(), false));
            }
        }
        Map<Item, Verdict> changedOthers = new LinkedHashMap<>();
        Comparator<Candidate> first = Comparator.comparing((Candidate candidate) -> !candidate.blocksNow())
                .thenComparing(candidate -> candidate.item().feedId())
                .thenComparing(candidate -> candidate.item().itemId());
        for (List<Candidate> candidates : copies.values()) {
            candidates.sort(first);
            for (int i = 0; i < candidates.size(); i++) {
                Candidate candidate = candidates.get(i);
                Verdict verdict = i == 0 ? Verdict.LOADED : Verdict.COPY;
                if (candidate.isSent()) {
                    sentVerdicts.put(candidate.item(), verdict);
                } else if (candidate.blocksNow() != verdict.isLoaded()) {
                    changedOthers.put(candidate.item(), verdict);
                }
            }
        }
        return new Plan(sentVerdicts, changedOthers);
    }

    private static void add(Map<String, List<Candidate>> copies, String key, Candidate candidate) {
        copies.computeIfAbsent(key, k -> new ArrayList<>(1)).add(candidate);
    }
}
