package io.timetether.calendarsync.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Consumer;

/** Events to test with. */
final class Events {
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    static final SyncWindow WINDOW = SyncWindow.wanted(NOW, ZONE, 12);
    static final FeedRules RULES = FeedRules.defaults(ZONE, WINDOW, OurEvents.none());

    private Events() {}

    static RemoteEvent busy(String id, Instant startAt) {
        return new RemoteEvent(
                id,
                null,
                "uid-" + id,
                null,
                "Meeting " + id,
                new EventTime.Timed(startAt, startAt.plus(Duration.ofHours(1))),
                ShowAs.BUSY,
                Sensitivity.NORMAL,
                false,
                false,
                null,
                Instant.parse("2026-11-01T00:00:00Z"),
                "https://outlook.example/" + id,
                "W/\"1\"",
                MarkSeen.NOT_READ);
    }

    static RemoteEvent busy(String id) {
        return busy(id, NOW.plus(Duration.ofDays(1)));
    }

    static RemoteEvent instance(String id, String seriesId, Instant startAt) {
        return changed(busy(id, startAt), draft -> {
            draft.seriesId = seriesId;
            draft.iCalUId = "uid-" + seriesId;
            draft.originalStart = startAt;
        });
    }

    static RemoteEvent at(RemoteEvent e, EventTime when) {
        return changed(e, draft -> draft.when = when);
    }

    static RemoteEvent shownAs(RemoteEvent e, ShowAs showAs) {
        return changed(e, draft -> draft.showAs = showAs);
    }

    static RemoteEvent sensitive(RemoteEvent e, Sensitivity sensitivity) {
        return changed(e, draft -> draft.sensitivity = sensitivity);
    }

    static RemoteEvent cancelled(RemoteEvent e) {
        return changed(e, draft -> draft.cancelled = true);
    }

    static RemoteEvent declined(RemoteEvent e) {
        return changed(e, draft -> draft.declined = true);
    }

    static RemoteEvent written(RemoteEvent e, String transactionId) {
        return changed(e, draft -> draft.transactionId = transactionId);
    }

    private static RemoteEvent changed(RemoteEvent event, Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.seriesId = event.seriesId();
        draft.iCalUId = event.iCalUId();
        draft.transactionId = event.transactionId();
        draft.when = event.when();
        draft.showAs = event.showAs();
        draft.sensitivity = event.sensitivity();
        draft.cancelled = event.cancelled();
        draft.declined = event.declined();
        draft.originalStart = event.originalStart();
        change.accept(draft);
        return new RemoteEvent(
                event.id(),
                draft.seriesId,
                draft.iCalUId,
                draft.transactionId,
                event.subject(),
                draft.when,
                draft.showAs,
                draft.sensitivity,
                draft.cancelled,
                draft.declined,
                draft.originalStart,
                event.lastModifiedAt(),
                event.webLink(),
                event.etag(),
                event.mark());
    }

    /** What tests change. */
    private static final class Draft {
        String seriesId;
        String iCalUId;
        String transactionId;
        EventTime when;
        ShowAs showAs;
        Sensitivity sensitivity;
        boolean cancelled;
        boolean declined;
        Instant originalStart;
    }

    static EventTime.AllDay days(String first, String end) {
        return new EventTime.AllDay(LocalDate.parse(first), LocalDate.parse(end));
    }
}
