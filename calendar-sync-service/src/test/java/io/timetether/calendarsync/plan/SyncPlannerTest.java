package io.timetether.calendarsync.plan;

import static io.timetether.calendarsync.plan.Events.NOW;
import static io.timetether.calendarsync.plan.Events.RULES;
import static io.timetether.calendarsync.plan.Events.WINDOW;
import static io.timetether.calendarsync.plan.Events.busy;
import static io.timetether.calendarsync.plan.Events.instance;
import static io.timetether.calendarsync.plan.Events.shownAs;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.calendarsync.plan.SyncFacts.Occasion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SyncPlannerTest {

    private final Ledger feed = new Ledger(RULES);

    @Test
    void putsWhatBlocksAndNotesWhatDoesNot() {
        PagePlan plan = SyncPlanner.page(RULES, Map.of(), List.of(busy("a"), shownAs(busy("b"), ShowAs.FREE)));
        assertThat(plan.actions()).hasExactlyElementsOfTypes(SyncAction.PutItem.class, SyncAction.NoteVerdict.class);
        assertThat(plan.waiting()).isEmpty();
    }

    @Test
    void aTombstoneForAStrangerIsNothing() {
        first(events(3));
        SyncPlan plan = feed.finish(WaitingRemovals.none(), changes(Set.of("stranger"), Map.of()), Occasion.ROUTINE);
        assertThat(plan.actions()).isEmpty();
        assertThat(feed.atScheduling).hasSize(3);
    }

    @Test
    void oneItemMinusOneOpensTheSlotWithoutAlarm() {
        first(events(1));
        SyncPlan plan = feed.finish(WaitingRemovals.none(), changes(Set.of("e0"), Map.of()), Occasion.ROUTINE);
        assertThat(plan.held()).isEmpty();
        assertThat(feed.atScheduling).isEmpty();
        assertThat(feed.known).isEmpty();
    }

    @Test
    void anInstanceThatIsMissingFromItsSeriesHasBeenDeleted() {
        List<RemoteEvent> series = series("s", 5);
        first(series);
        List<RemoteEvent> left = series.subList(0, 4);
        feed.round(List.of(left), changes(Set.of(), Map.of("s", ids(left))), Occasion.ROUTINE);
        assertThat(feed.atScheduling).doesNotContain("s4").hasSize(4);
    }

    @Test
    void theTombstoneOfASeriesDeletesAllItsInstances() {
        first(Stream.concat(series("s", 5).stream(), events(2).stream()).toList());
        feed.finish(WaitingRemovals.none(), changes(Set.of("s"), Map.of()), Occasion.ROUTINE);
        assertThat(feed.atScheduling).containsExactlyInAnyOrder("e0", "e1");
    }

    @Test
    void anEventThatBecomesFreeWaitsForTheEndOfTheRoundAndKeepsItsRow() {
        first(events(2));
        WaitingRemovals waiting =
                feed.take(WaitingRemovals.none(), List.of(shownAs(events(2).get(0), ShowAs.FREE)));
        assertThat(feed.atScheduling).contains("e0");
        feed.finish(waiting, changes(Set.of("e0x"), Map.of()), Occasion.ROUTINE);
        assertThat(feed.atScheduling).doesNotContain("e0");
        assertThat(feed.known.get("e0").place()).isEqualTo(KnownItem.Place.NOTED);
    }

    @Test
    void theLastOfRepeatsWins() {
        first(events(1));
        RemoteEvent free = shownAs(events(1).get(0), ShowAs.FREE);
        feed.round(List.of(List.of(free), events(1)), changes(Set.of(), Map.of()), Occasion.ROUTINE);
        assertThat(feed.atScheduling).contains("e0");
    }

    @Test
    void holdsRemovalsWhenMostOfAKnownFeedVanishes() {
        // 40 items minus 30 plus 1: the new one blocks at once, the 30 still block, the person is asked.
        first(events(40));
        Set<String> gone = ids(events(30));
        SyncPlan plan = feed.round(List.of(List.of(busy("new"))), changes(gone, Map.of()), Occasion.ROUTINE);
        assertThat(plan.held()).hasValueSatisfying(held -> {
            assertThat(held.removals()).hasSize(30);
            assertThat(held.sentence()).contains("30").contains("41");
        });
        assertThat(feed.atScheduling).hasSize(41).contains("new");
    }

    @Test
    void aHeldFeedCannotBeEmptiedInSmallBitesEither() {
        first(events(40));
        feed.finish(WaitingRemovals.none(), changes(ids(events(30)), Map.of()), Occasion.ROUTINE);
        SyncPlan plan = feed.finish(WaitingRemovals.none(), changes(Set.of("e35"), Map.of()), Occasion.ROUTINE);
        assertThat(plan.held()).isPresent();
        assertThat(feed.atScheduling).hasSize(40);
    }

    @Test
    void aFeedCannotBeEmptiedInSmallBitesWithinAnHour() {
        first(events(40));
        for (int i = 0; i < 20; i++) {
            SyncPlan bite = feed.finish(WaitingRemovals.none(), changes(Set.of("e" + i), Map.of()), Occasion.ROUTINE);
            assertThat(bite.held()).isEmpty();
            assertThat(bite.removing()).isEqualTo(1);
            feed.removedLately += bite.removing();
        }
        // 20 of 40 have gone; the next one would be more than half.
        SyncPlan plan = feed.finish(WaitingRemovals.none(), changes(Set.of("e20"), Map.of()), Occasion.ROUTINE);
        assertThat(plan.held()).isPresent();
        assertThat(feed.atScheduling).hasSize(20);
    }

    @Test
    void anItemThatIsSeenAgainIsNoLongerHeld() {
        first(events(40));
        feed.finish(WaitingRemovals.none(), changes(ids(events(30)), Map.of()), Occasion.ROUTINE);
        SyncPlan plan = feed.round(List.of(events(40)), full(events(40)), Occasion.ROUTINE);
        assertThat(plan.held()).isEmpty();
        assertThat(feed.known.values()).allMatch(item -> item.place() == KnownItem.Place.AT_SCHEDULING);
    }

    @Test
    void whatAPersonAskedForIsNotHeld() {
        first(events(40));
        SyncPlan plan = feed.finish(WaitingRemovals.none(), changes(ids(events(40)), Map.of()), Occasion.PERSON_ASKED);
        assertThat(plan.held()).isEmpty();
        assertThat(feed.atScheduling).isEmpty();
    }

    @Test
    void aSeriesCountsOnceForTheBrake() {
        first(Stream.concat(series("s", 100).stream(), events(5).stream()).toList());
        SyncPlan plan = feed.finish(WaitingRemovals.none(), changes(Set.of("s"), Map.of()), Occasion.ROUTINE);
        assertThat(plan.held()).isEmpty();
        assertThat(feed.atScheduling).hasSize(5);
    }

    @Test
    void whatHasEndedDoesNotCountForTheBrake() {
        List<RemoteEvent> past = IntStream.range(0, 30)
                .mapToObj(i -> busy("p" + i, NOW.minus(Duration.ofHours(5))))
                .toList();
        first(Stream.concat(past.stream(), events(10).stream()).toList());
        SyncPlan plan = feed.finish(WaitingRemovals.none(), changes(ids(past), Map.of()), Occasion.ROUTINE);
        assertThat(plan.held()).isEmpty();
    }

    @Test
    void exactlyHalfIsNotHeldAndNineteenAreNot() {
        first(events(40));
        assertThat(feed.finish(WaitingRemovals.none(), changes(ids(events(20)), Map.of()), Occasion.ROUTINE)
                        .held())
                .isEmpty();
        Ledger small = new Ledger(RULES);
        small.round(List.of(events(19)), full(events(19)), Occasion.FIRST_SYNC);
        assertThat(small.finish(WaitingRemovals.none(), changes(ids(events(19)), Map.of()), Occasion.ROUTINE)
                        .held())
                .isEmpty();
    }

    @Test
    void aFullReadRemovesWhatItDidNotShowButNothingOutsideItsWindow() {
        first(List.of(busy("near", NOW.plus(Duration.ofDays(3))), busy("far", NOW.plus(Duration.ofDays(300)))));
        SyncWindow narrow = new SyncWindow(WINDOW.from(), NOW.plus(Duration.ofDays(30)));
        feed.finish(WaitingRemovals.none(), new RoundEvidence.FullRead(narrow, Set.of()), Occasion.ROUTINE);
        assertThat(feed.atScheduling).containsExactly("far");
    }

    @Test
    void anEmptyCalendarIsAFirstSyncLikeAnyOther() {
        SyncPlan plan =
                feed.finish(WaitingRemovals.none(), new RoundEvidence.FullRead(WINDOW, Set.of()), Occasion.FIRST_SYNC);
        assertThat(plan.actions()).isEmpty();
        assertThat(plan.held()).isEmpty();
    }

    @Test
    void theSameRemoteIdIsTheSameItemForEver() {
        var feedId = java.util.UUID.fromString("00000000-0000-0000-0000-000000000001");
        assertThat(RemoteEvent.itemId(feedId, "AAMk=")).isEqualTo(RemoteEvent.itemId(feedId, "AAMk="));
        assertThat(RemoteEvent.itemId(feedId, "AAMk=")).isNotEqualTo(RemoteEvent.itemId(feedId, "AAmk="));
    }

    private void first(List<RemoteEvent> events) {
        feed.round(List.of(events), full(events), Occasion.FIRST_SYNC);
        assertThat(feed.atScheduling).hasSize(events.size());
    }

    private static RoundEvidence full(List<RemoteEvent> events) {
        return new RoundEvidence.FullRead(WINDOW, ids(events));
    }

    private static RoundEvidence changes(Set<String> removed, Map<String, Set<String>> series) {
        return new RoundEvidence.Changes(WINDOW, Set.of(), removed, series);
    }

    private static Set<String> ids(List<RemoteEvent> events) {
        return events.stream().map(RemoteEvent::id).collect(toSet());
    }

    private static List<RemoteEvent> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> busy("e" + i, NOW.plus(Duration.ofDays(i + 1))))
                .toList();
    }

    private static List<RemoteEvent> series(String id, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> instance(id + i, id, NOW.plus(Duration.ofDays(i + 1))))
                .toList();
    }
}
