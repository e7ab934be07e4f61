package io.timetether.calendarsync.publish;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.timetether.calendarsync.database.Sql;
import io.timetether.calendarsync.graph.WrittenEvent;
import io.timetether.calendarsync.plan.OurEvents;
import io.timetether.calendarsync.plan.RemoteEvent;
import io.timetether.calendarsync.scheduling.AppointmentState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The mapping between appointments and the events that stand for them. Only what is in here is ever touched. */
@ApplicationScoped
@Transactional
public class PublishedEvents implements PanacheRepositoryBase<PublishedEvent, UUID> {

    private final Sql sql;
    private final Clock clock;

    PublishedEvents(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** What the mapping knows of the events of one page, with the numbers of their appointments by event id. */
    public record Ours(OurEvents events, Map<String, Long> numbers) {}

    /** Which of these events the organisation's mapping knows, by id, transactionId or iCalUId. */
    public Ours ours(UUID organisationId, UUID calendarId, Collection<RemoteEvent> page) {
        record Row(
                UUID remoteCalendarId,
                @Nullable String eventId,
                @Nullable UUID transactionId,
                @Nullable String icalUid,
                @Nullable Long appointmentNumber) {}
        String[] ids = page.stream().map(RemoteEvent::id).toArray(String[]::new);
        String[] uids =
                page.stream().map(RemoteEvent::iCalUId).filter(Objects::nonNull).toArray(String[]::new);
        UUID[] transactions = page.stream()
                .map(PublishedEvents::transaction)
                .filter(Objects::nonNull)
                .toArray(UUID[]::new);
        List<Row> rows = sql.list(
                """
                SELECT remote_calendar_id, event_id, transaction_id, ical_uid, appointment_number
                FROM published_event
                WHERE organisation_id = ?
                  AND ((remote_calendar_id = ? AND event_id = ANY (?)) OR transaction_id = ANY (?) OR ical_uid = ANY (?))
                UNION ALL
                SELECT p.remote_calendar_id, stray, NULL, NULL, p.appointment_number
                FROM published_event p, unnest(p.strays) AS stray
                WHERE p.organisation_id = ? AND p.remote_calendar_id = ? AND p.strays <> '{}'
                """,
                row -> new Row(
                        row.uuid("remote_calendar_id"),
                        row.textOrNull("event_id"),
                        row.uuidOrNull("transaction_id"),
                        row.textOrNull("ical_uid"),
                        row.numberOrNull("appointment_number")),
                organisationId,
                calendarId,
                ids,
                transactions,
                uids,
                organisationId,
                calendarId);
        Set<String> ourIds = new HashSet<>();
        Set<String> ourTransactions = new HashSet<>();
        Set<String> ourUids = new HashSet<>();
        Map<String, Long> numbers = new HashMap<>();
        for (Row row : rows) {
            if (row.eventId() != null && row.remoteCalendarId().equals(calendarId)) {
                ourIds.add(row.eventId());
            }
            if (row.transactionId() != null) {
                ourTransactions.add(row.transactionId().toString());
            }
            if (row.icalUid() != null) {
                ourUids.add(row.icalUid());
            }
            for (RemoteEvent event : page) {
                boolean same = event.id().equals(row.eventId())
                        || (row.transactionId() != null && row.transactionId().equals(transaction(event)))
                        || (row.icalUid() != null && row.icalUid().equals(event.iCalUId()));
                if (same && row.appointmentNumber() != null) {
                    numbers.put(event.id(), row.appointmentNumber());
                }
            }
        }
        return new Ours(new OurEvents(ourIds, ourTransactions, ourUids), numbers);
    }

    /** The transactionId as we give them; null: somebody else's, or none. */
    static @Nullable UUID transaction(RemoteEvent event) {
        String text = event.transactionId();
        try {
            return text == null || text.length() != 36 ? null : UUID.fromString(text);
        } catch (IllegalArgumentException another) {
            return null;
        }
    }

    /**
     * Something that is written may have changed: for the feeds given (rows are made where there are none) and for every
     * calendar that shows the appointment already, whoever's it was. Answers the feeds concerned.
     */
    public Set<UUID> want(UUID organisationId, UUID appointmentId, Collection<UUID> feedIds) {
        Set<UUID> concerned = new HashSet<>(
                sql.changed("""
                UPDATE published_event
                SET wanted = wanted + 1, attempts = 0, not_before = '-infinity', updated_at = ?
                WHERE organisation_id = ? AND appointment_id = ? AND state <> 'KEPT'
                RETURNING feed_id
                """, row -> row.uuid("feed_id"), clock.instant(), organisationId, appointmentId));
        for (UUID feedId : feedIds) {
            if (!concerned.contains(feedId) && wantIn(organisationId, appointmentId, feedId, Urgency.NOW)) {
                concerned.add(feedId);
            }
        }
        return concerned;
    }

    /** Whether somebody has just done something, or a look at everything found it. */
    enum Urgency {
        NOW,
        IN_TURN
    }

    /**
     * The appointment shall stand in this feed's calendar. An event that an earlier feed left in the same calendar is
     * adopted.
     */
    boolean wantIn(UUID organisationId, UUID appointmentId, UUID feedId, Urgency urgency) {
        Instant now = clock.instant();
        return sql.change(
                        """
                        INSERT INTO published_event (id, organisation_id, feed_id, remote_calendar_id, appointment_id,
                            event_id, ical_uid, transaction_id, state, not_before, created_at, updated_at)
                        SELECT ?, f.organisation_id, f.id, f.remote_calendar_id, ?, k.event_id, k.ical_uid,
                               k.transaction_id, CASE WHEN k.event_id IS NULL THEN 'WANTED' ELSE 'WRITTEN' END,
                               CASE WHEN ? THEN '-infinity'::timestamptz ELSE ?::timestamptz END, ?, ?
                        FROM feed f LEFT JOIN LATERAL (
                            SELECT event_id, ical_uid, transaction_id FROM published_event o
                            WHERE o.organisation_id = f.organisation_id AND o.appointment_id = ?
                              AND o.remote_calendar_id = f.remote_calendar_id AND o.state = 'KEPT'
                              AND o.event_id IS NOT NULL
                            ORDER BY o.updated_at DESC LIMIT 1) k ON true
                        WHERE f.organisation_id = ? AND f.id = ?
                        ON CONFLICT (feed_id, appointment_id) DO UPDATE
                            SET wanted = published_event.wanted + 1, updated_at = EXCLUDED.updated_at
                        """,
                        UUID.randomUUID(),
                        appointmentId,
                        urgency == Urgency.NOW,
                        now,
                        now,
                        now,
                        appointmentId,
                        organisationId,
                        feedId)
                == 1;
    }

    /** Every appointment that a feed shows is to be looked at again. */
    public void wantAll(UUID feedId) {
        update("""
                wanted = wanted + 1, attempts = 0, notBefore = ?1
                where feedId = ?2 and state in (WANTED, CREATING, WRITTEN, FAILED)
                """, clock.instant(), feedId);
    }

    /** What is due for a feed now: what has just been done first, then what has waited longest. */
    public List<PublishedEvent> listDue(UUID feedId, int limit) {
        return find(
                        "feedId = ?1 and wanted > written and notBefore <= ?2 order by notBefore, updatedAt, id",
                        feedId,
                        clock.instant())
                .page(0, limit)
                .list();
    }

    /** When the next row of a feed is due; empty: nothing waits. */
    public Optional<Instant> nextDue(UUID feedId) {
        Instant now = clock.instant();
        return find(
                        "select min(e.notBefore) from PublishedEvent e where e.feedId = ?1 and e.wanted > e.written",
                        feedId)
                .project(Instant.class)
                .stream()
                .filter(Objects::nonNull)
                .map(at -> at.isBefore(now) ? now : at)
                .findFirst();
    }

    /**
     * Before a create is sent: its transactionId is committed, so that a lost answer cannot make a second event. Empty: it
     * is not wanted any more, or somebody else has gone on since the row was read. The number is there at once too: a run may see the event before its answer is recorded.
     */
    public Optional<UUID> creating(PublishedEvent event, long number) {
        return sql
                .changed(
                        """
                        UPDATE published_event
                        SET state = 'CREATING', appointment_number = ?, updated_at = ?,
                            transaction_id = CASE WHEN state = 'CREATING' AND transaction_id IS NOT NULL
                                                  THEN transaction_id ELSE ? END,
                            edited = edited AND state = 'CREATING',
                            etag = CASE WHEN state = 'CREATING' THEN etag END
                        WHERE id = ? AND wanted > written AND state = ? RETURNING transaction_id
                        """,
                        row -> row.uuid("transaction_id"),
                        number,
                        clock.instant(),
                        UUID.randomUUID(),
                        event.id(),
                        event.state())
                .stream()
                .findFirst();
    }

    /** Office 365 shows what was wanted; or less than that, if another publisher has recorded something newer meanwhile. */
    Recorded written(PublishedEvent event, WrittenEvent remote, AppointmentState shown, String hash) {
        return Recorded.of(sql.changed(
                """
                UPDATE published_event
                SET state = CASE WHEN state = 'KEPT' THEN 'KEPT' ELSE 'WRITTEN' END, event_id = ?,
                    ical_uid = coalesce(?, ical_uid), written = greatest(written, r.wanted), appointment_number = ?,
                    content_hash = ?, etag = ?, starts_at = ?, ends_at = ?,
                    edited = edited AND published_event.wanted > r.wanted,
                    wanted = published_event.wanted
                             + CASE WHEN written > r.wanted AND state <> 'KEPT' THEN 1 ELSE 0 END,
                    removal_held = false, attempts = 0, last_error = NULL, updated_at = ?
                FROM (SELECT cast(? AS bigint) AS wanted) r
                WHERE id = ?
                RETURNING published_event.wanted > written AS due
                """,
                row -> row.flag("due"),
                remote.id(),
                remote.iCalUId(),
                shown.number(),
                hash,
                remote.etag(),
                shown.startAt(),
                shown.endAt(),
                clock.instant(),
                event.wanted(),
                event.id()));
    }

    /**
     * The create has been answered. A run may have seen the event before this: under the same etag it was our own; under
     * another one, or gone, somebody did that, and it is due again. So it is if another publisher has recorded it already,
     * who may have known better what to write. A row that was given up meanwhile with its events kept stays so, and keeps
     * this one too.
     */
    Recorded created(
            PublishedEvent event, UUID transactionId, WrittenEvent remote, AppointmentState shown, String hash) {
        return Recorded.of(sql.changed(
                """
                UPDATE published_event
                SET state = CASE WHEN state = 'KEPT' THEN 'KEPT' ELSE 'WRITTEN' END, event_id = r.event,
                    ical_uid = coalesce(r.ical, ical_uid), written = greatest(written, r.wanted),
                    appointment_number = r.number, content_hash = r.hash, etag = r.etag, starts_at = ?, ends_at = ?,
                    edited = edited AND published_event.etag IS DISTINCT FROM r.etag,
                    wanted = published_event.wanted
                             + CASE WHEN state = 'WRITTEN' OR (state = 'CREATING' AND edited
                                                              AND published_event.etag IS DISTINCT FROM r.etag)
                                    THEN 1 ELSE 0 END,
                    attempts = 0, last_error = NULL, updated_at = ?
                FROM (SELECT cast(? AS text) AS event, cast(? AS text) AS ical, cast(? AS bigint) AS wanted,
                             cast(? AS bigint) AS number, cast(? AS text) AS hash, cast(? AS text) AS etag) r
                WHERE id = ? AND transaction_id = ?
                  AND (state = 'CREATING' OR (state = 'WRITTEN' AND event_id = r.event)
                       OR (state = 'KEPT' AND coalesce(event_id, r.event) = r.event))
                RETURNING published_event.wanted > written AS due
                """,
                row -> row.flag("due"),
                shown.startAt(),
                shown.endAt(),
                clock.instant(),
                remote.id(),
                remote.iCalUId(),
                event.wanted(),
                shown.number(),
                hash,
                remote.etag(),
                event.id(),
                transactionId));
    }

    /** Nothing had to be written. A row that became another one meanwhile stays due. */
    public void settled(PublishedEvent event, PublishedEvent.State state) {
        sql.change("""
                UPDATE published_event
                SET state = ?, written = ?, edited = edited AND wanted > ?, removal_held = false, attempts = 0,
                    last_error = NULL, updated_at = ?
                WHERE id = ? AND state = ?
                """, state, event.wanted(), event.wanted(), clock.instant(), event.id(), event.state());
    }

    /** The event is gone, by us or by somebody else; the row stays, so that a late echo is still recognised. */
    public void removed(PublishedEvent event) {
        settled(event, PublishedEvent.State.REMOVED);
    }

    /** Somebody deleted our event in Office 365: it is made again under a new transactionId. */
    public void vanished(PublishedEvent event) {
        update(
                "state = WANTED, eventId = null, contentHash = null, edited = false, updatedAt = ?1 where id = ?2",
                clock.instant(),
                event.id());
    }

    /** It did not work; again after a while, ever more seldom. */
    public void postponed(PublishedEvent event, String problem, Duration pause) {
        update(
                "attempts = attempts + 1, notBefore = ?1, lastError = ?2 where id = ?3",
                clock.instant().plus(pause),
                problem,
                event.id());
    }

    /** Refused for good: not tried again before the appointment changes. */
    public void refused(PublishedEvent event, String problem) {
        update(
                "state = FAILED, written = ?1, lastError = ?2, updatedAt = ?3 where id = ?4",
                event.wanted(),
                problem,
                clock.instant(),
                event.id());
    }

    /** The appointment has been erased here: its events go without a question. */
    void erased(UUID organisationId, UUID appointmentId) {
        update(
                "removalWanted = true, removalHeld = false where organisationId = ?1 and appointmentId = ?2",
                organisationId,
                appointmentId);
    }

    // ---- stopping ----

    /**
     * The feeds' events stay where they are, and are nobody's business any more. One that is being created at this very
     * moment stays too; its id is noted when the answer comes.
     */
    public void keep(Collection<UUID> feedIds) {
        sql.change("""
                UPDATE published_event
                SET state = CASE WHEN event_id IS NULL AND state <> 'CREATING' THEN 'REMOVED' ELSE 'KEPT' END,
                    written = wanted, updated_at = ?
                WHERE feed_id = ANY (?) AND state <> 'REMOVED'
                """, clock.instant(), feedIds.toArray(UUID[]::new));
    }

    /** The feeds' events shall go; answers how many. */
    public int wantRemoval(Collection<UUID> feedIds) {
        Instant now = clock.instant();
        return sql.change("""
                UPDATE published_event
                SET removal_wanted = true, wanted = wanted + 1, attempts = 0, not_before = ?, updated_at = ?
                WHERE feed_id = ANY (?)
                  AND (state = 'CREATING' OR (state IN ('WRITTEN', 'FAILED') AND event_id IS NOT NULL) OR strays <> '{}')
                """, now, now, feedIds.toArray(UUID[]::new));
    }

    /** How many events of a connection's feeds still wait for their removal. */
    public int countRemovals(UUID organisationId, UUID connectionId) {
        return Math.toIntExact(count("""
                removalWanted and wanted > written and feedId in (
                    select f.id from Feed f where f.organisationId = ?1 and f.connectionId = ?2)
                """, organisationId, connectionId));
    }

    /** The removals of one feed that are due, whenever they were postponed to. */
    public List<PublishedEvent> listRemovals(UUID feedId, int limit) {
        return find("feedId = ?1 and removalWanted and wanted > written order by notBefore, id", feedId)
                .page(0, limit)
                .list();
    }
}
