package io.timetether.calendarsync.plan;

import io.timetether.calendarsync.plan.Verdict.Blocks;
import io.timetether.calendarsync.plan.Verdict.Ignored;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The published table of what blocks (docs/what-blocks.md), cell by cell. */
public final class WhatBlocks {

    /** What colleagues read instead of the subject of a private event. */
    static final String PRIVATE_TITLE = "Private";

    private WhatBlocks() {}

    /** What a feed with these rules makes of the event. */
    public static Verdict judge(RemoteEvent event, FeedRules rules) {
        if (isOurs(event, rules.ours())) {
            return Ignored.because(ReasonCode.CAME_FROM_HERE);
        }
        if (event.cancelled()) {
            return Ignored.because(ReasonCode.CANCELLED);
        }
        if (event.declined()) {
            return Ignored.because(ReasonCode.DECLINED);
        }
        Instant startAt = event.when().startsAt(rules.zone());
        Instant endAt = event.when().endsAt(rules.zone());
        if (startAt == null || endAt == null) {
            return unknownZone(event.when());
        }
        if (!startAt.isBefore(endAt)) {
            return Ignored.because(ReasonCode.NO_DURATION);
        }
        if (!rules.window().overlaps(startAt, endAt)) {
            return Ignored.because(ReasonCode.OUTSIDE_WINDOW);
        }
        if (event.when() instanceof EventTime.AllDay && rules.allDay() == BlockPolicy.IGNORE) {
            return Ignored.because(ReasonCode.ALL_DAY_IGNORED);
        }
        if (rules.showAs().get(event.showAs()) == BlockPolicy.IGNORE) {
            return ignoredShowAs(event.showAs());
        }
        return new Blocks(
                title(event, rules),
                event.when(),
                event.showAs(),
                event.iCalUId(),
                event.originalStart(),
                event.lastModifiedAt(),
                event.webLink());
    }

    /**
     * Whether the mark must be read before the event can be judged: it carries the iCalUId of one of our events but
     * neither its id nor its transactionId. That may be our event seen through another account, or an invitation or a
     * copy made from it, which is an ordinary event.
     */
    public static boolean needsMark(RemoteEvent event, OurEvents ours) {
        return event.mark() == MarkSeen.NOT_READ
                && !knownById(event, ours)
                && contains(ours.iCalUIds(), event.iCalUId());
    }

    /** Ours = in the mapping, and no mark that says otherwise. Delta carries no marks; the mapping row is the proof. */
    private static boolean isOurs(RemoteEvent event, OurEvents ours) {
        return switch (event.mark()) {
            case NOT_READ -> knownById(event, ours);
            case THIS_ORGANISATION -> knownById(event, ours) || contains(ours.iCalUIds(), event.iCalUId());
            case NONE, ANOTHER -> false;
        };
    }

    private static boolean knownById(RemoteEvent event, OurEvents ours) {
        return ours.ids().contains(event.id()) || contains(ours.transactionIds(), event.transactionId());
    }

    private static boolean contains(Set<String> known, @Nullable String value) {
        return value != null && known.contains(value);
    }

    private static Ignored unknownZone(EventTime when) {
        return when instanceof EventTime.UnknownZone unknown
                ? new Ignored(
                        ReasonCode.UNKNOWN_TIME_ZONE,
                        ReasonCode.UNKNOWN_TIME_ZONE.sentence() + " It is called \"" + unknown.zone() + "\".")
                : Ignored.because(ReasonCode.UNKNOWN_TIME_ZONE);
    }

    /** The list of codes is fixed; a feed that lets busy time through says so in its sentence. */
    private static Ignored ignoredShowAs(ShowAs showAs) {
        return switch (showAs) {
            case FREE -> Ignored.because(ReasonCode.SHOWN_AS_FREE);
            case WORKING_ELSEWHERE -> Ignored.because(ReasonCode.WORKING_ELSEWHERE);
            case BUSY, OOF, TENTATIVE, UNKNOWN ->
                new Ignored(
                        ReasonCode.SHOWN_AS_FREE,
                        "Outlook shows this time as " + showAs.words() + ", which this feed is set to treat as free.");
        };
    }

    private static @Nullable String title(RemoteEvent event, FeedRules rules) {
        if (event.sensitivity().hidesSubject()) {
            return PRIVATE_TITLE;
        }
        return rules.subjects() == FeedRules.Subjects.HIDDEN ? null : event.subject();
    }
}
