package io.timetether.calendarsync.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

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
        RemoteEvent e = busy(id, startAt);
        return new RemoteEvent(
                id,
                seriesId,
                "uid-" + seriesId,
                null,
                e.subject(),
                e.when(),
                e.showAs(),
                e.sensitivity(),
                false,
                false,
                startAt,
                e.lastModifiedAt(),
                e.webLink(),
                e.etag(),
                e.mark());
    }

    static RemoteEvent at(RemoteEvent e, EventTime when) {
        return new RemoteEvent(
                e.id(),
                e.seriesId(),
                e.iCalUId(),
                e.transactionId(),
                e.subject(),
                when,
                e.showAs(),
                e.sensitivity(),
                e.cancelled(),
                e.declined(),
                e.originalStart(),
                e.lastModifiedAt(),
                e.webLink(),
                e.etag(),
                e.mark());
    }

    static RemoteEvent shownAs(RemoteEvent e, ShowAs showAs) {
        return new RemoteEvent(
                e.id(),
                e.seriesId(),
                e.iCalUId(),
                e.transactionId(),
                e.subject(),
                e.when(),
                showAs,
                e.sensitivity(),
                e.cancelled(),
                e.declined(),
                e.originalStart(),
                e.lastModifiedAt(),
                e.webLink(),
                e.etag(),
                e.mark());
    }

    static RemoteEvent sensitive(RemoteEvent e, Sensitivity sensitivity) {
        return new RemoteEvent(
                e.id(),
                e.seriesId(),
                e.iCalUId(),
                e.transactionId(),
                e.subject(),
                e.when(),
                e.showAs(),
                sensitivity,
                e.cancelled(),
                e.declined(),
                e.originalStart(),
                e.lastModifiedAt(),
                e.webLink(),
                e.etag(),
                e.mark());
    }

    static RemoteEvent cancelled(RemoteEvent e) {
        return new RemoteEvent(
                e.id(),
                e.seriesId(),
                e.iCalUId(),
                e.transactionId(),
                e.subject(),
                e.when(),
                e.showAs(),
                e.sensitivity(),
                true,
                e.declined(),
                e.originalStart(),
                e.lastModifiedAt(),
                e.webLink(),
                e.etag(),
                e.mark());
    }

    static RemoteEvent declined(RemoteEvent e) {
        return new RemoteEvent(
                e.id(),
                e.seriesId(),
                e.iCalUId(),
                e.transactionId(),
                e.subject(),
                e.when(),
                e.showAs(),
                e.sensitivity(),
                e.cancelled(),
                true,
                e.originalStart(),
                e.lastModifiedAt(),
                e.webLink(),
                e.etag(),
                e.mark());
    }

    static RemoteEvent written(RemoteEvent e, String transactionId) {
        return new RemoteEvent(
                e.id(),
                e.seriesId(),
                e.iCalUId(),
                transactionId,
                e.subject(),
                e.when(),
                e.showAs(),
                e.sensitivity(),
                e.cancelled(),
                e.declined(),
                e.originalStart(),
                e.lastModifiedAt(),
                e.webLink(),
                e.etag(),
                e.mark());
    }

    static EventTime.AllDay days(String first, String end) {
        return new EventTime.AllDay(LocalDate.parse(first), LocalDate.parse(end));
    }
}
