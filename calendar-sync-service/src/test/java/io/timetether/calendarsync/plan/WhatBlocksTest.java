package io.timetether.calendarsync.plan;

import static io.timetether.calendarsync.plan.Events.NOW;
import static io.timetether.calendarsync.plan.Events.RULES;
import static io.timetether.calendarsync.plan.Events.WINDOW;
import static io.timetether.calendarsync.plan.Events.ZONE;
import static io.timetether.calendarsync.plan.Events.at;
import static io.timetether.calendarsync.plan.Events.busy;
import static io.timetether.calendarsync.plan.Events.cancelled;
import static io.timetether.calendarsync.plan.Events.days;
import static io.timetether.calendarsync.plan.Events.declined;
import static io.timetether.calendarsync.plan.Events.sensitive;
import static io.timetether.calendarsync.plan.Events.shownAs;
import static io.timetether.calendarsync.plan.Events.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.calendarsync.plan.FeedRules.Subjects;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every cell of the published table. */
class WhatBlocksTest {

    @ParameterizedTest
    @CsvSource({
        "BUSY, ",
        "OOF, ",
        "TENTATIVE, ",
        "UNKNOWN, ",
        "FREE, SHOWN_AS_FREE",
        "WORKING_ELSEWHERE, WORKING_ELSEWHERE"
    })
    void blocksByDefaultWhatIsShownAsTaken(ShowAs showAs, ReasonCode reason) {
        assertThat(reasonOf(shownAs(busy("a"), showAs), RULES)).isEqualTo(reason);
    }

    @ParameterizedTest
    @EnumSource(ShowAs.class)
    void eachWayOfShowingTimeCanBeMadeToBlock(ShowAs showAs) {
        FeedRules rules = with(Map.of(showAs, BlockPolicy.BLOCK), BlockPolicy.BLOCK, Subjects.TOLD);
        assertThat(WhatBlocks.judge(shownAs(busy("a"), showAs), rules)).isInstanceOf(Verdict.Blocks.class);
    }

    @ParameterizedTest
    @EnumSource(ShowAs.class)
    void eachWayOfShowingTimeCanBeIgnoredAndTheSentenceSaysSo(ShowAs showAs) {
        FeedRules rules = with(Map.of(showAs, BlockPolicy.IGNORE), BlockPolicy.BLOCK, Subjects.TOLD);
        Verdict verdict = WhatBlocks.judge(shownAs(busy("a"), showAs), rules);
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Ignored.class, i -> assertThat(i.sentence()).contains(showAs.words()));
    }

    @ParameterizedTest
    @CsvSource({
        "busy, BUSY",
        "OOF, OOF",
        "Tentative, TENTATIVE",
        "free, FREE",
        "workingElsewhere, WORKING_ELSEWHERE",
        "unknown, UNKNOWN",
        "somethingNew, UNKNOWN",
        ", UNKNOWN"
    })
    void readsGraphsWordsInAnyCaseAndTakesNewOnesForUnknown(String wire, ShowAs showAs) {
        assertThat(ShowAs.of(wire)).isEqualTo(showAs);
    }

    @Test
    void aDeclinedInvitationDoesNotBlock() {
        assertThat(reasonOf(declined(busy("a")), RULES)).isEqualTo(ReasonCode.DECLINED);
    }

    @Test
    void aCancelledEventDoesNotBlock() {
        assertThat(reasonOf(cancelled(busy("a")), RULES)).isEqualTo(ReasonCode.CANCELLED);
    }

    @Test
    void anAllDayEventFollowsHowItIsShown() {
        RemoteEvent holiday = at(busy("a"), days("2026-12-24", "2026-12-25"));
        assertThat(WhatBlocks.judge(holiday, RULES)).isInstanceOf(Verdict.Blocks.class);
        assertThat(reasonOf(shownAs(holiday, ShowAs.FREE), RULES)).isEqualTo(ReasonCode.SHOWN_AS_FREE);
    }

    @Test
    void aFeedCanLeaveOutAllDayEventsButNotLongOnes() {
        FeedRules rules = with(Map.of(), BlockPolicy.IGNORE, Subjects.TOLD);
        assertThat(reasonOf(at(busy("a"), days("2026-12-24", "2026-12-25")), rules))
                .isEqualTo(ReasonCode.ALL_DAY_IGNORED);
        Instant midnight = Instant.parse("2026-12-23T23:00:00Z");
        assertThat(WhatBlocks.judge(
                        at(busy("a"), new EventTime.Timed(midnight, midnight.plus(Duration.ofDays(1)))), rules))
                .isInstanceOf(Verdict.Blocks.class);
    }

    @Test
    void anAllDayEventKeepsItsDatesWhateverTheZone() {
        RemoteEvent day = at(busy("a"), days("2027-03-28", "2027-03-29"));
        assertThat(WhatBlocks.judge(day, RULES))
                .isInstanceOfSatisfying(
                        Verdict.Blocks.class, b -> assertThat(b.when()).isEqualTo(days("2027-03-28", "2027-03-29")));
        // That day has 23 hours in Berlin.
        assertThat(Duration.between(day.when().startsAt(ZONE), day.when().endsAt(ZONE)))
                .isEqualTo(Duration.ofHours(23));
    }

    @Test
    void anUnknownZoneIsAReasonAndNeverAGuess() {
        RemoteEvent lost = at(
                busy("a"),
                new EventTime.UnknownZone("tzone://Microsoft/Custom", "2026-12-01T09:00:00", "2026-12-01T10:00:00"));
        assertThat(WhatBlocks.judge(lost, RULES)).isInstanceOfSatisfying(Verdict.Ignored.class, ignored -> {
            assertThat(ignored.reason()).isEqualTo(ReasonCode.UNKNOWN_TIME_ZONE);
            assertThat(ignored.sentence()).contains("tzone://Microsoft/Custom");
        });
    }

    @Test
    void anEventWithoutDurationBlocksNothing() {
        RemoteEvent reminder = at(busy("a"), new EventTime.Timed(NOW, NOW));
        assertThat(reasonOf(reminder, RULES)).isEqualTo(ReasonCode.NO_DURATION);
        assertThat(reasonOf(at(busy("a"), new EventTime.Timed(NOW, NOW.minusSeconds(60))), RULES))
                .isEqualTo(ReasonCode.NO_DURATION);
        assertThat(reasonOf(at(busy("a"), days("2026-12-24", "2026-12-24")), RULES))
                .isEqualTo(ReasonCode.NO_DURATION);
    }

    @Test
    void anEventOutsideTheWindowIsSaidToBe() {
        assertThat(reasonOf(busy("a", WINDOW.until()), RULES)).isEqualTo(ReasonCode.OUTSIDE_WINDOW);
        assertThat(reasonOf(busy("a", WINDOW.from().minus(Duration.ofHours(1))), RULES))
                .isEqualTo(ReasonCode.OUTSIDE_WINDOW);
        assertThat(WhatBlocks.judge(busy("a", WINDOW.until().minusSeconds(1)), RULES))
                .isInstanceOf(Verdict.Blocks.class);
    }

    @Test
    void ourOwnEventIsKnownByItsId() {
        assertThat(reasonOf(busy("a"), ours(Set.of("a"), Set.of(), Set.of()))).isEqualTo(ReasonCode.CAME_FROM_HERE);
    }

    @Test
    void ourOwnEventIsKnownByItsTransactionIdBeforeItsIdIs() {
        assertThat(reasonOf(written(busy("a"), "tx-1"), ours(Set.of(), Set.of("tx-1"), Set.of())))
                .isEqualTo(ReasonCode.CAME_FROM_HERE);
    }

    @Test
    void throughAnotherAccountItTakesTheMarkBesideTheICalUId() {
        FeedRules rules = ours(Set.of(), Set.of(), Set.of("uid-a"));
        RemoteEvent seen = busy("a");
        assertThat(WhatBlocks.needsMark(seen, rules.ours())).isTrue();
        assertThat(WhatBlocks.judge(seen, rules)).isInstanceOf(Verdict.Blocks.class);
        assertThat(reasonOf(seen.withMark(MarkSeen.THIS_ORGANISATION), rules)).isEqualTo(ReasonCode.CAME_FROM_HERE);
        // A colleague who was invited to it by hand has the same iCalUId and no mark.
        assertThat(WhatBlocks.judge(seen.withMark(MarkSeen.NONE), rules)).isInstanceOf(Verdict.Blocks.class);
    }

    @Test
    void aMarkOfAnotherOrganisationMakesAnOrdinaryEvent() {
        FeedRules rules = ours(Set.of("a"), Set.of(), Set.of("uid-a"));
        assertThat(WhatBlocks.judge(busy("a").withMark(MarkSeen.ANOTHER), rules))
                .isInstanceOf(Verdict.Blocks.class);
    }

    @Test
    void aCopyThatNothingMatchesBlocksEvenWithOurMark() {
        FeedRules rules = ours(Set.of("original"), Set.of("tx-1"), Set.of("uid-original"));
        assertThat(WhatBlocks.judge(busy("copy").withMark(MarkSeen.THIS_ORGANISATION), rules))
                .isInstanceOf(Verdict.Blocks.class);
        assertThat(WhatBlocks.needsMark(busy("copy"), rules.ours())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"NORMAL, Meeting a", "PERSONAL, Meeting a", "PRIVATE, Private", "CONFIDENTIAL, Private"})
    void privateSubjectsAreNotTold(Sensitivity sensitivity, String title) {
        assertThat(titleOf(sensitive(busy("a"), sensitivity), RULES)).isEqualTo(title);
    }

    @Test
    void aFeedCanHideAllSubjects() {
        FeedRules rules = with(Map.of(), BlockPolicy.BLOCK, Subjects.HIDDEN);
        assertThat(titleOf(busy("a"), rules)).isNull();
        assertThat(titleOf(sensitive(busy("a"), Sensitivity.PRIVATE), rules)).isEqualTo("Private");
    }

    @ParameterizedTest
    @EnumSource(ReasonCode.class)
    void everyReasonHasItsSentence(ReasonCode reason) {
        assertThat(reason.sentence()).endsWith(".").hasSizeGreaterThan(20);
    }

    private static ReasonCode reasonOf(RemoteEvent event, FeedRules rules) {
        return switch (WhatBlocks.judge(event, rules)) {
            case Verdict.Blocks blocks -> null;
            case Verdict.Ignored ignored -> ignored.reason();
        };
    }

    private static String titleOf(RemoteEvent event, FeedRules rules) {
        return ((Verdict.Blocks) WhatBlocks.judge(event, rules)).title();
    }

    private static FeedRules ours(Set<String> ids, Set<String> transactionIds, Set<String> iCalUIds) {
        return FeedRules.defaults(ZONE, WINDOW, new OurEvents(ids, transactionIds, iCalUIds));
    }

    private static FeedRules with(Map<ShowAs, BlockPolicy> showAs, BlockPolicy allDay, Subjects subjects) {
        return new FeedRules(showAs, allDay, subjects, ZONE, WINDOW, OurEvents.none());
    }
}
