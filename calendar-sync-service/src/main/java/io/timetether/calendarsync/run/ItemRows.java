package io.timetether.calendarsync.run;

import io.timetether.calendarsync.feed.Feed;
import io.timetether.calendarsync.feed.FeedItem;
import io.timetether.calendarsync.identity.TokenCipher;
import io.timetether.calendarsync.plan.EventTime;
import io.timetether.calendarsync.plan.MarkSeen;
import io.timetether.calendarsync.plan.RemoteEvent;
import io.timetether.calendarsync.plan.ShowAs;
import io.timetether.calendarsync.plan.Verdict;
import io.timetether.calendarsync.scheduling.ExternalItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** From an event and its verdict to the row that "View feed" shows and the item that scheduling-service gets. */
@ApplicationScoped
class ItemRows {

    private final TokenCipher cipher;
    private final Clock clock;

    ItemRows(TokenCipher cipher, Clock clock) {
        this.cipher = cipher;
        this.clock = clock;
    }

    /** The row of an item that is about to be put; without a hash, so that a crash repeats the put. */
    FeedItem waiting(Feed feed, ZoneId zone, RemoteEvent event) {
        return row(feed, zone, event, FeedItem.WAITING, null, null, Place.SENT, "");
    }

    /** The row of an event that does not block. */
    FeedItem noted(
            Feed feed, ZoneId zone, RemoteEvent event, Verdict.Ignored verdict, String hash, @Nullable Long number) {
        return row(feed, zone, event, verdict.reason().name(), verdict.sentence(), number, Place.HERE_ONLY, hash);
    }

    private enum Place {
        SENT,
        HERE_ONLY
    }

    private FeedItem row(
            Feed feed,
            ZoneId zone,
            RemoteEvent event,
            String verdict,
            @Nullable String detail,
            @Nullable Long number,
            Place place,
            String hash) {
        UUID itemId = RemoteEvent.itemId(feed.id(), event.id());
        boolean hidden = feed.settings().hideSubjects() || event.sensitivity().hidesSubject();
        String subject = event.subject();
        LocalDate startDate = event.when() instanceof EventTime.AllDay days ? days.startDate() : null;
        LocalDate endDate = event.when() instanceof EventTime.AllDay days ? days.endDate() : null;
        return new FeedItem(
                feed.id(),
                feed.organisationId(),
                itemId,
                event.id(),
                verdict,
                detail,
                number,
                place == Place.SENT,
                event.when().startsAt(zone),
                event.when().endsAt(zone),
                startDate,
                endDate,
                hidden ? null : subject,
                hidden && subject != null ? cipher.seal(subject, FeedItem.sealedRow(itemId)) : null,
                event.showAs().wire(),
                event.seriesId(),
                event.iCalUId(),
                event.originalStart(),
                event.sensitivity(),
                event.webLink(),
                hash,
                event.lastModifiedAt(),
                clock.instant());
    }

    /**
     * The event of a row whose verdict hung on the settings: so it is neither ours nor declined nor cancelled, and has its
     * times.
     */
    RemoteEvent event(FeedItem row) {
        LocalDate startDate = row.startDate();
        LocalDate endDate = row.endDate();
        EventTime when = startDate != null && endDate != null
                ? new EventTime.AllDay(startDate, endDate)
                : new EventTime.Timed(Objects.requireNonNull(row.startsAt()), Objects.requireNonNull(row.endsAt()));
        String sealed = row.subjectSealed();
        return new RemoteEvent(
                row.remoteId(),
                row.seriesId(),
                row.icalUid(),
                null,
                sealed == null ? row.subject() : cipher.open(sealed, FeedItem.sealedRow(row.itemId())),
                when,
                ShowAs.of(row.showAs()),
                Objects.requireNonNull(row.sensitivity()),
                false,
                false,
                row.originalStart(),
                row.lastModifiedAt(),
                row.webLink(),
                null,
                MarkSeen.NONE);
    }

    /** What scheduling-service gets: what blocks, and nothing more. */
    static ExternalItem external(Feed feed, RemoteEvent event, Verdict.Blocks blocks) {
        Instant startAt = blocks.when() instanceof EventTime.Timed timed ? timed.startAt() : null;
        Instant endAt = blocks.when() instanceof EventTime.Timed timed ? timed.endAt() : null;
        LocalDate startDate = blocks.when() instanceof EventTime.AllDay days ? days.startDate() : null;
        LocalDate endDate = blocks.when() instanceof EventTime.AllDay days ? days.endDate() : null;
        return new ExternalItem(
                RemoteEvent.itemId(feed.id(), event.id()).toString(),
                blocks.title(),
                startAt,
                endAt,
                startDate,
                endDate,
                blocks.showAs().wire(),
                blocks.iCalUId(),
                blocks.originalStart(),
                blocks.lastModifiedAt(),
                blocks.webLink());
    }
}
