package io.timetether.calendarsync.publish;

import io.timetether.calendarsync.graph.WrittenEvent;
import io.timetether.calendarsync.plan.OurEvents;
import io.timetether.calendarsync.plan.RemoteEvent;
import jakarta.enterprise.context.ApplicationScoped;
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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The mapping between appointments and the events that stand for them. Only what is in here is ever touched. */
@ApplicationScoped
public class PublishedEvents {

    private static final String COLUMNS = """
            id, organisation_id, feed_id, remote_calendar_id, appointment_id, event_id, transaction_id, wanted, written,
            content_hash, state, removal_wanted, attempts, created_at
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    PublishedEvents(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
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
        List<String> ids = page.stream().map(RemoteEvent::id).toList();
        List<String> uids =
                page.stream().map(RemoteEvent::iCalUId).filter(Objects::nonNull).toList();
        List<UUID> transactions = page.stream()
                .map(event -> uuid(event.transactionId()))
                .filter(Objects::nonNull)
                .toList();
        List<Row> rows = jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT remote_calendar_id, event_id, transaction_id, ical_uid, appointment_number
                        FROM published_event
                        WHERE organisation_id = :organisation
                          AND ((remote_calendar_id = :calendar AND event_id = ANY(:ids))
                               OR transaction_id = ANY(:transactions) OR ical_uid = ANY(:uids))
                        """)
                .bind("organisation", organisationId)
                .bind("calendar", calendarId)
                .bindArray("ids", String.class, ids)
                .bindArray("transactions", UUID.class, transactions)
                .bindArray("uids", String.class, uids)
                .map((rs, context) -> new Row(
                        rs.getObject("remote_calendar_id", UUID.class),
                        rs.getString("event_id"),
                        rs.getObject("transaction_id", UUID.class),
                        rs.getString("ical_uid"),
                        rs.getObject("appointment_number", Long.class)))
                .list());
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
                        || (row.transactionId() != null && row.transactionId().equals(uuid(event.transactionId())))
                        || (row.icalUid() != null && row.icalUid().equals(event.iCalUId()));
                if (same && row.appointmentNumber() != null) {
                    numbers.put(event.id(), row.appointmentNumber());
                }
            }
        }
        return new Ours(new OurEvents(ourIds, ourTransactions, ourUids), numbers);
    }

    private static @Nullable UUID uuid(@Nullable String text) {
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
    public Set<UUID> want(Handle handle, UUID organisationId, UUID appointmentId, Collection<UUID> feedIds) {
        Set<UUID> concerned = new HashSet<>(handle.createQuery("""
                        UPDATE published_event SET wanted = wanted + 1, attempts = 0, not_before = '-infinity', updated_at = :now
                        WHERE organisation_id = :organisation AND appointment_id = :appointment AND state <> 'KEPT'
                        RETURNING feed_id
                        """)
                .bind("now", clock.instant())
                .bind("organisation", organisationId)
                .bind("appointment", appointmentId)
                .mapTo(UUID.class)
                .list());
        for (UUID feedId : feedIds) {
            if (!concerned.contains(feedId) && add(handle, organisationId, appointmentId, feedId)) {
                concerned.add(feedId);
            }
        }
        return concerned;
    }

    /** The appointment shall stand in this feed's calendar. */
    void wantIn(Handle handle, UUID organisationId, UUID appointmentId, UUID feedId) {
        add(handle, organisationId, appointmentId, feedId);
    }

    /** A row for an appointment in a feed. An event that an earlier feed left in the same calendar is adopted. */
    private boolean add(Handle handle, UUID organisationId, UUID appointmentId, UUID feedId) {
        return handle.createUpdate("""
                                INSERT INTO published_event (id, organisation_id, feed_id, remote_calendar_id, appointment_id,
                                    event_id, ical_uid, transaction_id, state, created_at, updated_at)
                                SELECT :id, f.organisation_id, f.id, f.remote_calendar_id, :appointment, k.event_id, k.ical_uid,
                                       k.transaction_id, CASE WHEN k.event_id IS NULL THEN 'WANTED' ELSE 'WRITTEN' END, :now, :now
                                FROM feed f LEFT JOIN LATERAL (
                                    SELECT event_id, ical_uid, transaction_id FROM published_event o
                                    WHERE o.organisation_id = f.organisation_id AND o.appointment_id = :appointment
                                      AND o.remote_calendar_id = f.remote_calendar_id AND o.state = 'KEPT'
                                      AND o.event_id IS NOT NULL
                                    ORDER BY o.updated_at DESC LIMIT 1) k ON true
                                WHERE f.organisation_id = :organisation AND f.id = :feed
                                ON CONFLICT (feed_id, appointment_id) DO UPDATE
                                    SET wanted = published_event.wanted + 1, updated_at = EXCLUDED.updated_at
                                """)
                        .bind("id", UUID.randomUUID())
                        .bind("appointment", appointmentId)
                        .bind("now", clock.instant())
                        .bind("organisation", organisationId)
                        .bind("feed", feedId)
                        .execute()
                == 1;
    }

    /** Every appointment that a feed shows is to be looked at again. */
    public void wantAll(Handle handle, UUID feedId) {
        handle.createUpdate("""
                        UPDATE published_event SET wanted = wanted + 1, attempts = 0, not_before = '-infinity'
                        WHERE feed_id = :feed AND state IN ('WANTED', 'CREATING', 'WRITTEN', 'FAILED')
                        """).bind("feed", feedId).execute();
    }

    /** What is due for a feed now, the longest waiting first. */
    public List<PublishedEvent> listDue(UUID feedId, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + """
                         FROM published_event WHERE feed_id = :feed AND wanted > written AND not_before <= :now
                         ORDER BY updated_at, id LIMIT :limit
                        """)
                .bind("feed", feedId)
                .bind("now", clock.instant())
                .bind("limit", limit)
                .mapTo(PublishedEvent.class)
                .list());
    }

    /** When the next row of a feed is due; empty: nothing waits. */
    public Optional<Instant> nextDue(UUID feedId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT greatest(min(not_before), :now) FROM published_event
                        WHERE feed_id = :feed AND wanted > written HAVING count(*) > 0
                        """)
                .bind("now", clock.instant())
                .bind("feed", feedId)
                .mapTo(Instant.class)
                .findOne());
    }

    /**
     * Before a create is sent: its transactionId is committed, so that a lost answer cannot make a second event. Empty: it
     * is not wanted any more. The number is there at once too: a run may see the event before its answer is recorded.
     */
    public Optional<UUID> creating(PublishedEvent event, long number) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        UPDATE published_event
                        SET state = 'CREATING', appointment_number = :number, updated_at = :now,
                            transaction_id = CASE WHEN state = 'CREATING' AND transaction_id IS NOT NULL
                                                  THEN transaction_id ELSE :fresh END
                        WHERE id = :id AND wanted > written RETURNING transaction_id
                        """)
                .bind("now", clock.instant())
                .bind("number", number)
                .bind("fresh", UUID.randomUUID())
                .bind("id", event.id())
                .mapTo(UUID.class)
                .findOne());
    }

    /** Office 365 shows what was wanted. */
    public void written(PublishedEvent event, WrittenEvent remote, long number, String hash) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE published_event
                        SET state = CASE WHEN state = 'KEPT' THEN 'KEPT' ELSE 'WRITTEN' END,
                            event_id = :event, ical_uid = coalesce(:ical, ical_uid), written = greatest(written, :wanted),
                            appointment_number = :number, content_hash = :hash, attempts = 0, last_error = NULL,
                            updated_at = :now
                        WHERE id = :id
                        """)
                .bind("event", remote.id())
                .bind("ical", remote.iCalUId())
                .bind("wanted", event.wanted())
                .bind("number", number)
                .bind("hash", hash)
                .bind("now", clock.instant())
                .bind("id", event.id())
                .execute());
    }

    /**
     * The create has been answered; false: another publisher has gone on since, and this event is not the row's. A row that
     * was given up meanwhile with its events kept stays so, and keeps this one too.
     */
    boolean created(PublishedEvent event, UUID transactionId, WrittenEvent remote, long number, String hash) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                UPDATE published_event
                                SET state = CASE WHEN state = 'KEPT' THEN 'KEPT' ELSE 'WRITTEN' END,
                                    event_id = :event, ical_uid = coalesce(:ical, ical_uid),
                                    written = greatest(written, :wanted), appointment_number = :number,
                                    content_hash = :hash, attempts = 0, last_error = NULL, updated_at = :now
                                WHERE id = :id AND transaction_id = :transaction
                                  AND (state = 'CREATING' OR (state = 'WRITTEN' AND event_id = :event)
                                       OR (state = 'KEPT' AND coalesce(event_id, :event) = :event))
                                """)
                        .bind("event", remote.id())
                        .bind("ical", remote.iCalUId())
                        .bind("wanted", event.wanted())
                        .bind("number", number)
                        .bind("hash", hash)
                        .bind("now", clock.instant())
                        .bind("id", event.id())
                        .bind("transaction", transactionId)
                        .execute())
                == 1;
    }

    /** Nothing had to be written. */
    public void settled(PublishedEvent event, PublishedEvent.State state) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE published_event
                        SET state = :state, written = :wanted, attempts = 0, last_error = NULL, updated_at = :now
                        WHERE id = :id
                        """)
                .bind("state", state)
                .bind("wanted", event.wanted())
                .bind("now", clock.instant())
                .bind("id", event.id())
                .execute());
    }

    /** The event is gone, by us or by somebody else; the row stays, so that a late echo is still recognised. */
    public void removed(PublishedEvent event) {
        settled(event, PublishedEvent.State.REMOVED);
    }

    /** Somebody deleted our event in Office 365: it is made again under a new transactionId. */
    public void vanished(PublishedEvent event) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE published_event SET state = 'WANTED', event_id = NULL, content_hash = NULL, updated_at = :now
                        WHERE id = :id
                        """)
                .bind("now", clock.instant())
                .bind("id", event.id())
                .execute());
    }

    /** It did not work; again after a while, ever more seldom. */
    public void postponed(PublishedEvent event, String problem, Duration pause) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE published_event SET attempts = attempts + 1, not_before = :at, last_error = :problem
                        WHERE id = :id
                        """)
                .bind("at", clock.instant().plus(pause))
                .bind("problem", problem)
                .bind("id", event.id())
                .execute());
    }

    /** Refused for good: not tried again before the appointment changes. */
    public void refused(PublishedEvent event, String problem) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE published_event SET state = 'FAILED', written = :wanted, last_error = :problem, updated_at = :now
                        WHERE id = :id
                        """)
                .bind("wanted", event.wanted())
                .bind("problem", problem)
                .bind("now", clock.instant())
                .bind("id", event.id())
                .execute());
    }

    // ---- stopping ----

    /**
     * The feeds' events stay where they are, and are nobody's business any more. One that is being created at this very
     * moment stays too; its id is noted when the answer comes.
     */
    public void keep(Handle handle, Collection<UUID> feedIds) {
        handle.createUpdate("""
                        UPDATE published_event SET state = CASE WHEN event_id IS NULL AND state <> 'CREATING' THEN 'REMOVED'
                                                                ELSE 'KEPT' END,
                                                   written = wanted, updated_at = :now
                        WHERE feed_id = ANY(:feeds) AND state <> 'REMOVED'
                        """)
                .bind("now", clock.instant())
                .bindArray("feeds", UUID.class, feedIds)
                .execute();
    }

    /** The feeds' events shall go; answers how many. */
    public int wantRemoval(Handle handle, Collection<UUID> feedIds) {
        return handle.createUpdate("""
                        UPDATE published_event SET removal_wanted = true, wanted = wanted + 1, attempts = 0,
                                                   not_before = '-infinity', updated_at = :now
                        WHERE feed_id = ANY(:feeds) AND state IN ('WRITTEN', 'CREATING', 'FAILED')
                          AND (event_id IS NOT NULL OR state = 'CREATING')
                        """)
                .bind("now", clock.instant())
                .bindArray("feeds", UUID.class, feedIds)
                .execute();
    }

    /** How many events of a connection's feeds still wait for their removal. */
    public int countRemovals(UUID organisationId, UUID connectionId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT count(*) FROM published_event e JOIN feed f ON f.id = e.feed_id
                        WHERE f.organisation_id = :organisation AND f.connection_id = :connection
                          AND e.removal_wanted AND e.wanted > e.written
                        """)
                .bind("organisation", organisationId)
                .bind("connection", connectionId)
                .mapTo(Integer.class)
                .one());
    }

    /** The removals of one feed that are due, whenever they were postponed to. */
    public List<PublishedEvent> listRemovals(UUID feedId, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + """
                         FROM published_event WHERE feed_id = :feed AND removal_wanted AND wanted > written
                         ORDER BY not_before, id LIMIT :limit
                        """)
                .bind("feed", feedId)
                .bind("limit", limit)
                .mapTo(PublishedEvent.class)
                .list());
    }
}
