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
        return Set.copyOf(sql.changed(
                """
                UPDATE published_event p SET edited = true, wanted = wanted + 1, not_before = '-infinity'
                FROM unnest(?, ?) AS seen (event_id, etag)
                WHERE p.remote_calendar_id = ? AND p.event_id = seen.event_id AND p.state = 'WRITTEN'
                  AND p.etag IS DISTINCT FROM seen.etag
                RETURNING p.feed_id
                """,
                row -> row.uuid("feed_id"),
                known.stream().map(RemoteEvent::id).toArray(String[]::new),
                known.stream()
                        .map(event -> Objects.requireNonNull(event.etag()))
                        .toArray(String[]::new),
                calendarId));
    }

    /** Notes events of ours that carry a tombstone; answers the feeds concerned. */
    public Set<UUID> noteGone(UUID calendarId, Collection<String> eventIds) {
        if (eventIds.isEmpty()) {
            return Set.of();
        }
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
     * How many events of a feed have been deleted there within the hour, those included that have been answered: else the last
     * of many would look like few.
     */
    int countDeleted(UUID feedId) {
        return Math.toIntExact(sql.get(
                "SELECT count(*) AS n FROM published_event WHERE feed_id = ? AND gone_at > ?",
                row -> row.number("n"),
                feedId,
                clock.instant().minus(OutsideEditPolicy.DELETIONS_COUNT_FOR)));
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
