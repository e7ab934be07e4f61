package io.timetether.calendarsync.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.timetether.calendarsync.account.RemoteCalendars;
import io.timetether.calendarsync.connection.Connections;
import io.timetether.calendarsync.connection.Trouble;
import io.timetether.calendarsync.database.Sql;
import io.timetether.calendarsync.plan.SyncWindow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of feeds, fenced by organisation wherever a caller can name an id. */
@ApplicationScoped
@Transactional
public class Feeds implements PanacheRepositoryBase<Feed, UUID> {

    private final Sql sql;
    private final RemoteCalendars calendars;
    private final FeedItems items;
    private final ObjectMapper json;
    private final Clock clock;

    Feeds(Sql sql, RemoteCalendars calendars, FeedItems items, ObjectMapper json, Clock clock) {
        this.sql = sql;
        this.calendars = calendars;
        this.items = items;
        this.json = json;
        this.clock = clock;
    }

    /** A new feed; a full read and, when it writes, a look at all appointments are wanted with it. Empty: there is one. */
    public boolean create(
            UUID id,
            UUID organisationId,
            UUID connectionId,
            UUID calendarId,
            UUID staffId,
            Use use,
            FeedSettings settings) {
        Instant now = clock.instant();
        int rows = sql.change(
                """
                INSERT INTO feed (id, organisation_id, connection_id, remote_calendar_id, staff_id, reading, writing,
                                  state, settings, snapshot_wishes, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, 'FIRST_SYNC', cast(? AS jsonb), 1, ?, ?)
                ON CONFLICT (organisation_id, staff_id, remote_calendar_id) WHERE state <> 'STOPPED' DO NOTHING
                """,
                id,
                organisationId,
                connectionId,
                calendarId,
                staffId,
                use.reading(),
                use.writing(),
                written(settings),
                now,
                now);
        calendars.wantFullRead(calendarId);
        return rows == 1;
    }

    /** What a feed is for. */
    public record Use(boolean reading, boolean writing) {

        public static final Use READ_AND_WRITE = new Use(true, true);
        public static final Use READ = new Use(true, false);
    }

    public Optional<Feed> find(UUID organisationId, UUID id) {
        return find("organisationId = ?1 and id = ?2", organisationId, id).firstResultOptional();
    }

    /** For jobs, which name it by their own row. */
    public Optional<Feed> find(UUID id) {
        return findByIdOptional(id);
    }

    /** Those that a list shows: not the stopped ones. {@code staffId} null: of the whole organisation. */
    public List<Feed> list(UUID organisationId, @Nullable UUID staffId, int limit, Connections.@Nullable Place after) {
        Connections.Place place = after == null ? Connections.Place.FIRST : after;
        Parameters named = Parameters.with("organisation", organisationId)
                .and("at", place.createdAt())
                .and("id", place.id());
        return find(
                        """
                        organisationId = :organisation and state <> STOPPED
                        and (createdAt > :at or (createdAt = :at and id > :id))
                        """ + (staffId == null ? "" : "and staffId = :staff ") + "order by createdAt, id",
                        staffId == null ? named : named.and("staff", staffId))
                .page(0, limit)
                .list();
    }

    /** The feeds that a run over the calendar serves: not paused, parked or stopped, through a connection that works. */
    public List<Feed> listRunning(UUID calendarId) {
        return list("""
                select f from Feed f join Connection c on c.organisationId = f.organisationId and c.id = f.connectionId
                where f.remoteCalendarId = ?1 and f.state in (FIRST_SYNC, ACTIVE, HELD) and c.state = ACTIVE
                order by f.createdAt, f.id
                """, calendarId);
    }

    /** The feeds of a connection that have not been stopped. */
    public List<Feed> listOf(UUID organisationId, UUID connectionId) {
        return list(
                "organisationId = ?1 and connectionId = ?2 and state <> STOPPED order by createdAt, id",
                organisationId,
                connectionId);
    }

    /** A run was asked for: whoever watches waits for its end. */
    void runQueued(UUID id) {
        update("phase = QUEUED where id = ?1 and phase <> READING", id);
    }

    /** A run begins: its progress starts at nothing. */
    public void runBegins(Collection<UUID> ids) {
        update("phase = READING, processed = 0, loaded = 0, rejected = 0, finishedAt = null where id in ?1", ids);
    }

    /** One page further. */
    public void runAdvances(UUID id, int more, int moreLoaded, int moreRejected) {
        update(
                "processed = processed + ?1, loaded = loaded + ?2, rejected = rejected + ?3 where id = ?4",
                more,
                moreLoaded,
                moreRejected,
                id);
    }

    /** So many more future items go; the hour in which they are counted begins with the first. */
    public void removesLately(Feed feed, int more) {
        Instant now = clock.instant();
        int before = feed.removedLately(now);
        if (before == 0) {
            update("removalsCounted = ?1, removalsCountedSince = ?2 where id = ?3", more, now, feed.id());
        } else {
            update("removalsCounted = ?1 where id = ?2", before + more, feed.id());
        }
    }

    /** The run broke off and comes back by itself. */
    public void runWaits(Collection<UUID> ids) {
        update("phase = WAITING where id in ?1", ids);
    }

    /** The run has read everything; {@code held}: with removals that wait for a person. */
    public void runEnds(Feed feed, SyncWindow window, @Nullable String held) {
        sql.change("""
                WITH run AS (
                    SELECT id, cast(? AS timestamptz) AS now, cast(? AS text) AS held,
                           state IN ('FIRST_SYNC', 'ACTIVE', 'HELD') AS runs,
                           state = 'HELD' AND EXISTS (
                               SELECT 1 FROM feed_item i WHERE i.feed_id = feed.id AND i.held
                               UNION ALL
                               SELECT 1 FROM published_event p WHERE p.feed_id = feed.id AND p.removal_held) AS still_held
                    FROM feed WHERE id = ? FOR UPDATE)
                UPDATE feed f
                SET phase = 'FINISHED', finished_at = run.now, last_synced_at = run.now, known_from = ?, known_until = ?,
                    -- An approval that came while the run was under way is for the next one.
                    removals_approved = removals_approved AND NOT ?,
                    first_sync_completed_at = coalesce(first_sync_completed_at, run.now),
                    state = CASE WHEN NOT runs THEN state WHEN run.held IS NOT NULL OR still_held THEN 'HELD'
                                 ELSE 'ACTIVE' END,
                    reason = CASE WHEN NOT runs THEN reason WHEN run.held IS NOT NULL THEN 'REMOVALS_HELD'
                                  WHEN still_held THEN reason END,
                    reason_text = CASE WHEN NOT runs THEN reason_text WHEN run.held IS NOT NULL THEN run.held
                                       WHEN still_held THEN reason_text END,
                    version = version + CASE WHEN state = 'FIRST_SYNC' OR run.held IS NOT NULL THEN 1 ELSE 0 END
                FROM run WHERE f.id = run.id
                """, clock.instant(), held, feed.id(), window.from(), window.until(), feed.removalsApproved());
    }

    /**
     * Changes what a feed is used for and how; only the version that the caller saw. One that reads no longer gives its
     * imported time off back; one that reads again begins anew.
     */
    public boolean change(Feed feed, Use use, FeedSettings settings) {
        // What is known was judged by the old rules, and is judged again; only a feed that begins to read has to be
        // read.
        // The calendar's row first, as in a run: no deadlock with one.
        if (use.reading() != feed.reading()) {
            calendars.wantFullRead(feed.remoteCalendarId());
        }
        return sql.change(
                        """
                        UPDATE feed
                        SET reading = ?, writing = ?, settings = cast(? AS jsonb),
                            snapshot_wishes = snapshot_wishes + 1, judging_wishes = judging_wishes + 1,
                            removals_approved = true, updated_at = ?,
                            forget_wanted = NOT ?, version = version + 1,
                            first_sync_completed_at = CASE WHEN reading = ? THEN first_sync_completed_at END,
                            state = CASE WHEN reading <> ? AND state IN ('ACTIVE', 'HELD') THEN 'FIRST_SYNC'
                                         ELSE state END
                        WHERE organisation_id = ? AND id = ? AND version = ? AND state <> 'STOPPED'
                        """,
                        use.reading(),
                        use.writing(),
                        written(settings),
                        clock.instant(),
                        use.reading(),
                        use.reading(),
                        use.reading(),
                        feed.organisationId(),
                        feed.id(),
                        feed.version())
                == 1;
    }

    /** So many changes of the settings have been answered; one that came meanwhile is still to be. */
    public void judged(UUID id, long wishes) {
        update("judgingsDone = ?1 where id = ?2", wishes, id);
    }

    /** Nothing is read or written until somebody resumes it; what is known stays. */
    public boolean pause(Feed feed) {
        return update("""
                        state = PAUSED, reason = PAUSED_BY_PERSON, reasonText = null, updatedAt = ?1, version = version + 1
                        where organisationId = ?2 and id = ?3 and state in (FIRST_SYNC, ACTIVE, HELD)
                        """, clock.instant(), feed.organisationId(), feed.id()) == 1;
    }

    /** It goes on; what it missed is read in full. {@code removals}: what becomes of removals that were held. */
    public boolean resume(Feed feed, HeldRemovals removals) {
        // The calendar's row first, as in a run.
        calendars.wantFullRead(feed.remoteCalendarId());
        sql.change("""
                UPDATE published_event
                SET removal_held = false, removal_wanted = ?, wanted = wanted + 1, not_before = '-infinity'
                WHERE feed_id = ? AND removal_held
                """, removals == HeldRemovals.APPLY, feed.id());
        return update(
                        """
                        state = ?1, reason = null, reasonText = null, removalsApproved = ?2, removalsCounted = 0,
                        snapshotWishes = snapshotWishes + 1, updatedAt = ?3, version = version + 1
                        where organisationId = ?4 and id = ?5 and state in (PAUSED, HELD, PARKED)
                        """,
                        feed.running(),
                        removals == HeldRemovals.APPLY,
                        clock.instant(),
                        feed.organisationId(),
                        feed.id())
                == 1;
    }

    /** Removals of our own events in Office 365 that nobody asked for wait for a person; reading goes on. */
    public void hold(UUID id, String text) {
        update("""
                state = HELD, reason = REMOVALS_HELD, reasonText = ?1, updatedAt = ?2, version = version + 1
                where id = ?3 and state in (FIRST_SYNC, ACTIVE)
                """, text, clock.instant(), id);
    }

    /** What a person says about removals that the brake holds. */
    public enum HeldRemovals {
        APPLY,
        RESYNC
    }

    /** It stops being synced until the trouble is over; nothing is freed. */
    public void park(UUID id, Trouble trouble) {
        update("""
                state = PARKED, reason = ?1, reasonText = null, updatedAt = ?2, version = version + 1
                where id = ?3 and state in (FIRST_SYNC, ACTIVE, HELD)
                """, trouble, clock.instant(), id);
    }

    /** The feeds of a connection that were parked for this reason go on, each in its own transaction; answers them. */
    @Transactional(Transactional.TxType.SUPPORTS)
    public List<Feed> unpark(UUID organisationId, UUID connectionId, Trouble trouble) {
        List<Feed> parked = listOf(organisationId, connectionId).stream()
                .filter(feed -> feed.state() == FeedState.PARKED && feed.reason() == trouble)
                .toList();
        parked.forEach(feed -> resume(feed, HeldRemovals.RESYNC));
        return parked;
    }

    /** Its use ends. Its imported time off is taken away by a job, which is why the row stays. */
    public boolean stop(UUID organisationId, UUID id) {
        return update("""
                        state = STOPPED, reason = null, reasonText = null, forgetWanted = true, updatedAt = ?1,
                        version = version + 1
                        where organisationId = ?2 and id = ?3 and state <> STOPPED
                        """, clock.instant(), organisationId, id) == 1;
    }

    /** Scheduling-service has forgotten the feed; so have we, but for the row that the mapping refers to. */
    public void forgotten(UUID id) {
        items.deleteAll(id);
        update("forgetWanted = false where id = ?1", id);
    }

    /** Whether imported time off of a feed that reads no longer is still at scheduling-service. */
    public boolean isForgetWanted(UUID id) {
        return count("id = ?1 and forgetWanted", id) > 0;
    }

    private String written(FeedSettings settings) {
        try {
            return json.writeValueAsString(settings);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("settings are always JSON", impossible);
        }
    }
}
