package io.timetether.scheduling.timeoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.scheduling.changes.Changes.Item;
import io.timetether.scheduling.timeoff.VerdictPlanner.Plan;
import io.timetether.scheduling.timeoff.VerdictPlanner.Sent;
import io.timetether.scheduling.timeoff.VerdictPlanner.Stored;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictPlannerTest {

    private static final UUID ONE = new UUID(0, 1);
    private static final UUID TWO = new UUID(0, 2);
    private static final Verdict NO_DURATION = new Verdict("NO_DURATION", "x");

    @Test
    void theCopyThatBlocksKeepsBlocking() {
        Item present = new Item(TWO, "b");
        Item copy = new Item(ONE, "a");
        Plan plan = VerdictPlanner.plan(
                List.of(new Stored(present, "k", Verdict.LOADED)), List.of(new Sent(copy, "k", null)), Set.of());
        assertThat(plan.sent()).containsEntry(copy, Verdict.COPY);
        assertThat(plan.changedOthers()).isEmpty();
    }

    @Test
    void theOtherCopyTakesOverWhenTheFirstIsRemovedOrCannotBlockAnyMore() {
        Item first = new Item(ONE, "a");
        Item other = new Item(TWO, "b");
        List<Stored> stored = List.of(new Stored(first, "k", Verdict.LOADED), new Stored(other, "k", Verdict.COPY));
        assertThat(VerdictPlanner.plan(stored, List.of(), Set.of(first)).changedOthers())
                .containsExactly(Map.entry(other, Verdict.LOADED));
        Plan emptied = VerdictPlanner.plan(stored, List.of(new Sent(first, "k", NO_DURATION)), Set.of());
        assertThat(emptied.sent()).containsEntry(first, NO_DURATION);
        assertThat(emptied.changedOthers()).containsExactly(Map.entry(other, Verdict.LOADED));
        Plan moved = VerdictPlanner.plan(stored, List.of(new Sent(first, "another", null)), Set.of());
        assertThat(moved.sent()).containsEntry(first, Verdict.LOADED);
        assertThat(moved.changedOthers()).containsExactly(Map.entry(other, Verdict.LOADED));
    }

    @Test
    void whatCouldNotBlockNeverTakesOver() {
        Item first = new Item(ONE, "a");
        Item other = new Item(TWO, "b");
        List<Stored> stored = List.of(new Stored(first, "k", Verdict.LOADED), new Stored(other, "k", NO_DURATION));
        assertThat(VerdictPlanner.plan(stored, List.of(), Set.of(first)).changedOthers())
                .isEmpty();
    }

    /** Laws over random histories: of the copies of a meeting that could block exactly one does; settled; minimal. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void ofCopiesThatCouldBlockExactlyOneDoes(long seed) {
        Random random = new Random(seed);
        Map<Item, Stored> world = new LinkedHashMap<>();
        for (int round = 0; round < 400; round++) {
            UUID feed = random.nextBoolean() ? ONE : TWO;
            List<Sent> sent = new ArrayList<>();
            Set<Item> removed = new HashSet<>();
            for (int i = 0; i < 6; i++) {
                Item item = new Item(feed, "i" + i);
                switch (random.nextInt(4)) {
                    case 0 ->
                        sent.add(new Sent(
                                item,
                                random.nextInt(4) == 0 ? null : "k" + random.nextInt(3),
                                random.nextInt(5) == 0 ? NO_DURATION : null));
                    case 1 -> removed.add(item);
                    default -> {}
                }
            }
            Plan plan = VerdictPlanner.plan(List.copyOf(world.values()), sent, removed);
            removed.forEach(world::remove);
            for (Sent item : sent) {
                world.put(
                        item.item(),
                        new Stored(item.item(), item.copyKey(), plan.sent().get(item.item())));
            }
            plan.changedOthers().forEach((item, verdict) -> {
                assertThat(world.get(item).verdict())
                        .as("minimal, seed %d", seed)
                        .isNotEqualTo(verdict);
                world.put(item, new Stored(item, world.get(item).copyKey(), verdict));
            });
            Map<String, List<Stored>> copies = world.values().stream()
                    .filter(stored ->
                            stored.copyKey() != null && !stored.verdict().equals(NO_DURATION))
                    .collect(Collectors.groupingBy(Stored::copyKey));
            copies.forEach((key, of) -> assertThat(of)
                    .as("seed %d round %d key %s", seed, 0, key)
                    .filteredOn(stored -> stored.verdict().isLoaded())
                    .hasSize(1));
            assertThat(VerdictPlanner.plan(List.copyOf(world.values()), List.of(), Set.of())
                            .changedOthers())
                    .as("settled, seed %d", seed)
                    .isEmpty();
        }
    }
}
