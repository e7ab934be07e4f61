package io.timetether.calendarsync.publish;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.timetether.calendarsync.database.Sql;
import io.timetether.calendarsync.graph.WrittenEvent;
import io.timetether.calendarsync.plan.RemoteEvent;
import io.timetether.calendarsync.plan.SyncWindow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The mapping again, as edits in Office 365 concern it. A run notes what it sees, over all organisations that write to the
 * calendar; the publisher of each feed answers.
 */
@ApplicationScoped
@Transactional
public class EditedEvents implements PanacheRepositoryBase<PublishedEvent, UUID> {

    private final Sql sql;
    private final Clock clock;

    EditedEvents(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Notes those events of ours that come back under another etag than the one we know; answers the feeds concerned. Those
     * too that wait for an answer already: whoever is answering may have looked before this edit.
     */
    public Set<UUID> noteChanged(UUID calendarId, Collection<RemoteEvent> page) {
        List<RemoteEvent> known =
                page.stream().filter(event -> event.etag() != null).toList();
        // First: an event whose answer is recorded between the two statements is found by the second.
        Set<UUID> concerned = noteUnrecorded(
                calendarId,
                known.stream()
                        .filter(event -> event.seriesId() == null && PublishedEvents.transaction(event) != null)
                        .toList());
        concerned.addAll(sql.changed("""
                UPDATE published_event p SET edited = true, wanted = wanted + 1, not_before = '-infinity'
                FROM unnest(?, ?) AS seen (event_id, etag)
                WHERE p.remote_calendar_id = ? AND p.event_id = seen.event_id AND p.state = 'WRITTEN'
                  AND p.etag IS DISTINCT FROM seen.etag
                RETURNING p.feed_id
                """, row -> row.uuid("feed_id"), ids(known), etags(known), calendarId));
        return concerned;
    }

    /**
     * Events that only their transactionId tells to be ours. While the answer to their create is under way: what they look
     * like is noted, and compared when it is recorded. When their row says that they are not there: they are, and it is due.
     */
    private Set<UUID> noteUnrecorded(UUID calendarId, List<RemoteEvent> page) {
        if (page.isEmpty()) {
            return new HashSet<>();
        }
        UUID[] transactions = page.stream().map(PublishedEvents::transaction).toArray(UUID[]::new);
        sql.change("""
                UPDATE published_event p SET edited = true, etag = seen.etag
                FROM unnest(?, ?) AS seen (etag, transaction_id)
                WHERE p.remote_calendar_id = ? AND p.transaction_id = seen.transaction_id AND p.state = 'CREATING'
                """, etags(page), transactions, calendarId);
        return new HashSet<>(
                sql.changed("""
                UPDATE published_event p
                SET state = 'WRITTEN', event_id = seen.event_id, etag = seen.etag, edited = true, wanted = wanted + 1,
                    attempts = 0, not_before = '-infinity'
                FROM unnest(?, ?, ?) AS seen (event_id, etag, transaction_id)
                WHERE p.remote_calendar_id = ? AND p.transaction_id = seen.transaction_id
                  AND p.state IN ('WANTED', 'REMOVED') AND NOT seen.event_id = ANY (p.strays)
                RETURNING p.feed_id
                """, row -> row.uuid("feed_id"), ids(page), etags(page), transactions, calendarId));
    }

    private static String[] ids(List<RemoteEvent> page) {
        return page.stream().map(RemoteEvent::id).toArray(String[]::new);
    }

    private static String[] etags(List<RemoteEvent> page) {
        return page.stream().map(event -> Objects.requireNonNull(event.etag())).toArray(String[]::new);
    }

    /** Notes events of ours that carry a tombstone; answers the feeds concerned. */
    public Set<UUID> noteGone(UUID calendarId, Collection<String> eventIds) {
        if (eventIds.isEmpty()) {
            return Set.of();
        }
        // A tombstone names an id, and one whose create is still to be answered has none here: any of them may be
        // meant.
        sql.change("""
                UPDATE published_event SET edited = true, etag = NULL
                WHERE remote_calendar_id = ? AND state = 'CREATING'
                """, calendarId);
        return Set.copyOf(sql.changed(
                """
                UPDATE published_event SET edited = true, gone_at = ?, wanted = wanted + 1, not_before = '-infinity'
                WHERE remote_calendar_id = ? AND event_id = ANY (?) AND state = 'WRITTEN'
                RETURNING feed_id
                """, row -> row.uuid("feed_id"), clock.instant(), calendarId, eventIds.toArray(String[]::new)));
    }

    /** Notes events of ours that a whole read of their window did not show. */
    public Set<UUID> noteMissing(UUID calendarId, SyncWindow window, Set<String> seen) {
        Set<String> missing =
                new HashSet<>(sql.list("""
                SELECT event_id FROM published_event
                WHERE remote_calendar_id = ? AND state = 'WRITTEN' AND event_id IS NOT NULL
                  AND starts_at >= ? AND ends_at <= ?
                """, row -> row.text("event_id"), calendarId, window.from(), window.until()));
        missing.removeAll(seen);
        return noteGone(calendarId, missing);
    }

    /**
     * It was looked for, and is gone. Answers how many events of a feed have been deleted there within the hour, those included
     * that have been answered: else the last of many would look like few.
     */
    int countDeleted(PublishedEvent event) {
        Instant hourAgo = clock.instant().minus(OutsideEditPolicy.DELETIONS_COUNT_FOR);
        sql.change(
                "UPDATE published_event SET gone_at = ? WHERE id = ? AND coalesce(gone_at, '-infinity') <= ?",
                clock.instant(),
                event.id(),
                hourAgo);
        return Math.toIntExact(sql.get(
                "SELECT count(*) AS n FROM published_event WHERE feed_id = ? AND gone_at > ?",
                row -> row.number("n"),
                event.feedId(),
                hourAgo));
    }

    /** It was looked at, and stays as it is. */
    void left(PublishedEvent event, WrittenEvent remote) {
        sql.change("""
                UPDATE published_event
                SET etag = ?, written = greatest(written, ?), edited = edited AND wanted > ?, attempts = 0,
                    last_error = NULL
                WHERE id = ?
                """, remote.etag(), event.wanted(), event.wanted(), event.id());
    }

    /** It was deleted, and nothing is done about it before the appointment changes. */
    void leftDeleted(PublishedEvent event) {
        sql.change("""
                UPDATE published_event
                SET state = 'REMOVED', written = greatest(written, ?), edited = false, attempts = 0, last_error = NULL
                WHERE id = ?
                """, event.wanted(), event.id());
    }

    /** It was deleted, and is made again under a new transactionId. */
    void makeAgain(PublishedEvent event) {
        update("state = WANTED, eventId = null, contentHash = null, edited = false where id = ?1", event.id());
    }

    /** One more restore; the hour in which they are counted begins with the first. */
    void restored(PublishedEvent event) {
        Instant now = clock.instant();
        int before = event.restoresAt(now);
        if (before == 0) {
            update("restores = 1, restoredAt = ?1 where id = ?2", now, event.id());
        } else {
            update("restores = ?1 where id = ?2", before + 1, event.id());
        }
    }
}
