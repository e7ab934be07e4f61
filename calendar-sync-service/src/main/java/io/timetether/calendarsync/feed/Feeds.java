package io.timetether.calendarsync.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.timetether.calendarsync.account.RemoteCalendars;
import io.timetether.calendarsync.connection.Connections;
import io.timetether.calendarsync.connection.Trouble;
import io.timetether.calendarsync.plan.SyncWindow;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The table of feeds, fenced by organisation wherever a caller can name an id. */
@ApplicationScoped
public class Feeds {

    private static final String COLUMNS = """
            f.id, f.organisation_id, f.connection_id, f.remote_calendar_id, f.staff_id, f.reading, f.writing, f.state,
            f.reason, f.reason_text, f.first_sync_completed_at, f.settings, f.phase, f.processed, f.loaded, f.rejected,
            f.finished_at, f.removals_approved, f.last_synced_at, f.known_from, f.known_until, f.publish_problem,
            f.created_at, f.version
            """;

    private final Jdbi jdbi;
    private final RemoteCalendars calendars;
    private final ObjectMapper json;
    private final Clock clock;

    Feeds(Jdbi jdbi, RemoteCalendars calendars, ObjectMapper json, Clock clock) {
        this.jdbi = jdbi;
        this.calendars = calendars;
        this.json = json;
        this.clock = clock;
    }

    /** A new feed; a full read and, when it writes, a look at all appointments are wanted with it. Empty: there is one. */
    public Optional<UUID> create(
            Handle handle, UUID organisationId, UUID connectionId, UUID calendarId, UUID staffId, Use use) {
        UUID id = UUID.randomUUID();
        int rows = handle.createUpdate("""
                        INSERT INTO feed (id, organisation_id, connection_id, remote_calendar_id, staff_id, reading, writing,
                                          state, settings, snapshot_wishes, created_at, updated_at)
                        VALUES (:id, :organisation, :connection, :calendar, :staff, :reading, :writing, 'FIRST_SYNC',
                                cast(:settings AS jsonb), 1, :now, :now)
                        ON CONFLICT (organisation_id, staff_id, remote_calendar_id) WHERE state <> 'STOPPED' DO NOTHING
                        """)
                .bind("id", id)
                .bind("organisation", organisationId)
                .bind("connection", connectionId)
                .bind("calendar", calendarId)
                .bind("staff", staffId)
                .bind("reading", use.reading())
                .bind("writing", use.writing())
                .bind("settings", written(FeedSettings.defaults()))
                .bind("now", clock.instant())
                .execute();
        calendars.wantFullRead(handle, calendarId);
        return rows == 1 ? Optional.of(id) : Optional.empty();
    }

    /** What a feed is for. */
    public record Use(boolean reading, boolean writing) {

        public static final Use READ_AND_WRITE = new Use(true, true);
        public static final Use READ = new Use(true, false);
    }

    public Optional<Feed> find(UUID organisationId, UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT " + COLUMNS + " FROM feed f WHERE f.organisation_id = :organisation AND f.id = :id")
                .bind("organisation", organisationId)
                .bind("id", id)
                .map((row, context) -> feed(row))
                .findOne());
    }

    /** For jobs, which name it by their own row. */
    public Optional<Feed> find(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + " FROM feed f WHERE f.id = :id")
                .bind("id", id)
                .map((row, context) -> feed(row))
                .findOne());
    }

    /** Those that a list shows: not the stopped ones. {@code staffId} null: of the whole organisation. */
    public List<Feed> list(UUID organisationId, @Nullable UUID staffId, int limit, Connections.@Nullable Place after) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + """
                         FROM feed f
                         WHERE f.organisation_id = :organisation AND f.state <> 'STOPPED'
                           AND (cast(:staff AS uuid) IS NULL OR f.staff_id = :staff)
                           AND (cast(:at AS timestamptz) IS NULL OR (f.created_at, f.id) > (:at, :id))
                         ORDER BY f.created_at, f.id LIMIT :limit
                        """)
                .bind("organisation", organisationId)
                .bind("staff", staffId)
                .bind("at", after == null ? null : after.createdAt())
                .bind("id", after == null ? null : after.id())
                .bind("limit", limit)
                .map((row, context) -> feed(row))
                .list());
    }

    /** The feeds that a run over the calendar serves: not paused, parked or stopped, through a connection that works. */
    public List<Feed> listRunning(UUID calendarId) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + """
                         FROM feed f JOIN connection c ON c.organisation_id = f.organisation_id AND c.id = f.connection_id
                         WHERE f.remote_calendar_id = :calendar AND f.state IN ('FIRST_SYNC', 'ACTIVE', 'HELD')
                           AND c.state = 'ACTIVE'
                         ORDER BY f.created_at, f.id
                        """)
                .bind("calendar", calendarId)
                .map((row, context) -> feed(row))
                .list());
    }

    /** The feeds of a connection that have not been stopped. */
    public List<Feed> listOf(UUID organisationId, UUID connectionId) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + """
                         FROM feed f WHERE f.organisation_id = :organisation AND f.connection_id = :connection
                           AND f.state <> 'STOPPED' ORDER BY f.created_at, f.id
                        """)
                .bind("organisation", organisationId)
                .bind("connection", connectionId)
                .map((row, context) -> feed(row))
                .list());
    }

    /** A run was asked for: whoever watches waits for its end. */
    void runQueued(UUID id) {
        jdbi.useHandle(
                handle -> handle.createUpdate("UPDATE feed SET phase = 'QUEUED' WHERE id = :id AND phase <> 'READING'")
                        .bind("id", id)
                        .execute());
    }

    /** A run begins: its progress starts at nothing. */
    public void runBegins(Collection<UUID> ids) {
        jdbi.useHandle(handle ->
                handle.createUpdate("""
                        UPDATE feed SET phase = 'READING', processed = 0, loaded = 0, rejected = 0, finished_at = NULL
                        WHERE id = ANY(:ids)
                        """).bindArray("ids", UUID.class, ids).execute());
    }

    /** One page further. */
    public void runAdvances(Handle handle, UUID id, int processed, int loaded, int rejected) {
        handle.createUpdate("""
                        UPDATE feed SET processed = processed + :processed, loaded = loaded + :loaded,
                                        rejected = rejected + :rejected
                        WHERE id = :id
                        """)
                .bind("processed", processed)
                .bind("loaded", loaded)
                .bind("rejected", rejected)
                .bind("id", id)
                .execute();
    }

    /** The run broke off and comes back by itself. */
    public void runWaits(Collection<UUID> ids) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE feed SET phase = 'WAITING' WHERE id = ANY(:ids)")
                .bindArray("ids", UUID.class, ids)
                .execute());
    }

    /** The run has read everything; {@code held}: with removals that wait for a person. */
    public void runEnds(Handle handle, Feed feed, SyncWindow window, @Nullable String held) {
        Instant now = clock.instant();
        handle.createUpdate("""
                        UPDATE feed
                        SET phase = 'FINISHED', finished_at = :now, last_synced_at = :now, known_from = :from,
                            known_until = :until, removals_approved = removals_approved AND NOT :approved,
                            first_sync_completed_at = coalesce(first_sync_completed_at, :now),
                            state = CASE WHEN state NOT IN ('FIRST_SYNC', 'ACTIVE', 'HELD') THEN state
                                         WHEN cast(:held AS text) IS NOT NULL THEN 'HELD'
                                         WHEN state = 'HELD' AND EXISTS (
                                             SELECT 1 FROM feed_item i WHERE i.feed_id = feed.id AND i.held) THEN 'HELD'
                                         ELSE 'ACTIVE' END,
                            reason = CASE WHEN state NOT IN ('FIRST_SYNC', 'ACTIVE', 'HELD') THEN reason
                                          WHEN cast(:held AS text) IS NOT NULL THEN 'REMOVALS_HELD'
                                          WHEN state = 'HELD' AND EXISTS (
                                              SELECT 1 FROM feed_item i WHERE i.feed_id = feed.id AND i.held) THEN reason
                                          ELSE NULL END,
                            reason_text = CASE WHEN state NOT IN ('FIRST_SYNC', 'ACTIVE', 'HELD') THEN reason_text
                                               WHEN cast(:held AS text) IS NOT NULL THEN :held
                                               WHEN state = 'HELD' AND EXISTS (
                                                   SELECT 1 FROM feed_item i WHERE i.feed_id = feed.id AND i.held)
                                                   THEN reason_text
                                               ELSE NULL END,
                            version = version + CASE WHEN state = 'FIRST_SYNC' OR cast(:held AS text) IS NOT NULL
                                                     THEN 1 ELSE 0 END
                        WHERE id = :id
                        """)
                .bind("now", now)
                .bind("from", window.from())
                .bind("until", window.until())
                // An approval that came while the run was under way is for the next one.
                .bind("approved", feed.removalsApproved())
                .bind("held", held)
                .bind("id", feed.id())
                .execute();
    }

    /**
     * Changes what a feed is used for and how; only the version that the caller saw. One that reads no longer gives its
     * imported time off back; one that reads again begins anew.
     */
    public boolean change(Feed feed, Use use, FeedSettings settings) {
        return jdbi.inTransaction(handle -> {
            // What is known was judged by the old rules. The calendar's row first, as in a run: no deadlock with one.
            calendars.wantFullRead(handle, feed.remoteCalendarId());
            int rows = handle.createUpdate("""
                            UPDATE feed
                            SET reading = :reading, writing = :writing, settings = cast(:settings AS jsonb),
                                snapshot_wishes = snapshot_wishes + 1, removals_approved = true, updated_at = :now,
                                forget_wanted = NOT :reading, version = version + 1,
                                first_sync_completed_at = CASE WHEN reading = :reading THEN first_sync_completed_at END,
                                state = CASE WHEN reading <> :reading AND state IN ('ACTIVE', 'HELD') THEN 'FIRST_SYNC'
                                             ELSE state END
                            WHERE organisation_id = :organisation AND id = :id AND version = :version
                              AND state <> 'STOPPED'
                            """)
                    .bind("reading", use.reading())
                    .bind("writing", use.writing())
                    .bind("settings", written(settings))
                    .bind("now", clock.instant())
                    .bind("organisation", feed.organisationId())
                    .bind("id", feed.id())
                    .bind("version", feed.version())
                    .execute();
            return rows == 1;
        });
    }

    /** Nothing is read or written until somebody resumes it; what is known stays. */
    public boolean pause(Feed feed) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                UPDATE feed SET state = 'PAUSED', reason = 'PAUSED_BY_PERSON', reason_text = NULL,
                                                updated_at = :now, version = version + 1
                                WHERE organisation_id = :organisation AND id = :id
                                  AND state IN ('FIRST_SYNC', 'ACTIVE', 'HELD')
                                """)
                        .bind("now", clock.instant())
                        .bind("organisation", feed.organisationId())
                        .bind("id", feed.id())
                        .execute())
                == 1;
    }

    /** It goes on; what it missed is read in full. {@code removals}: what becomes of removals that were held. */
    public boolean resume(Feed feed, HeldRemovals removals) {
        return jdbi.inTransaction(handle -> {
            // The calendar's row first, as in a run.
            calendars.wantFullRead(handle, feed.remoteCalendarId());
            int rows = handle.createUpdate("""
                            UPDATE feed SET state = :state, reason = NULL, reason_text = NULL,
                                            removals_approved = :approved, snapshot_wishes = snapshot_wishes + 1,
                                            updated_at = :now, version = version + 1
                            WHERE organisation_id = :organisation AND id = :id AND state IN ('PAUSED', 'HELD', 'PARKED')
                            """)
                    .bind("state", feed.running())
                    .bind("approved", removals == HeldRemovals.APPLY)
                    .bind("now", clock.instant())
                    .bind("organisation", feed.organisationId())
                    .bind("id", feed.id())
                    .execute();
            return rows == 1;
        });
    }

    /** What a person says about removals that the brake holds. */
    public enum HeldRemovals {
        APPLY,
        RESYNC
    }

    /** It stops being synced until the trouble is over; nothing is freed. */
    public void park(UUID id, Trouble trouble) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE feed SET state = 'PARKED', reason = :reason, reason_text = NULL, updated_at = :now,
                                        version = version + 1
                        WHERE id = :id AND state IN ('FIRST_SYNC', 'ACTIVE', 'HELD')
                        """)
                .bind("reason", trouble)
                .bind("now", clock.instant())
                .bind("id", id)
                .execute());
    }

    /** The feeds of a connection that were parked for this reason go on; answers them. */
    public List<Feed> unpark(UUID organisationId, UUID connectionId, Trouble trouble) {
        List<Feed> parked = listOf(organisationId, connectionId).stream()
                .filter(feed -> feed.state() == FeedState.PARKED && feed.reason() == trouble)
                .toList();
        parked.forEach(feed -> resume(feed, HeldRemovals.RESYNC));
        return parked;
    }

    /** Its use ends. Its imported time off is taken away by a job, which is why the row stays. */
    public boolean stop(Handle handle, UUID organisationId, UUID id) {
        return handle.createUpdate("""
                                UPDATE feed SET state = 'STOPPED', reason = NULL, reason_text = NULL, forget_wanted = true, updated_at = :now, version = version + 1
                                WHERE organisation_id = :organisation AND id = :id AND state <> 'STOPPED'
                                """)
                        .bind("now", clock.instant())
                        .bind("organisation", organisationId)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /** Whether imported time off of a feed that reads no longer is still at scheduling-service. */
    public boolean isForgetWanted(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT forget_wanted FROM feed WHERE id = :id")
                .bind("id", id)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false));
    }

    /** Scheduling-service has forgotten the feed; so have we, but for the row that the mapping refers to. */
    public void forgotten(UUID id) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("DELETE FROM feed_item WHERE feed_id = :id")
                    .bind("id", id)
                    .execute();
            handle.createUpdate("UPDATE feed SET forget_wanted = false WHERE id = :id")
                    .bind("id", id)
                    .execute();
        });
    }

    /** Whether any feed still needs this calendar to be read or written. */
    public boolean isUsed(UUID calendarId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM feed WHERE remote_calendar_id = :id AND state <> 'STOPPED')")
                .bind("id", calendarId)
                .mapTo(Boolean.class)
                .one());
    }

    private String written(FeedSettings settings) {
        try {
            return json.writeValueAsString(settings);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("settings are always JSON", impossible);
        }
    }

    private Feed feed(ResultSet row) throws SQLException {
        try {
            String reason = row.getString("reason");
            return new Feed(
                    row.getObject("id", UUID.class),
                    row.getObject("organisation_id", UUID.class),
                    row.getObject("connection_id", UUID.class),
                    row.getObject("remote_calendar_id", UUID.class),
                    row.getObject("staff_id", UUID.class),
                    row.getBoolean("reading"),
                    row.getBoolean("writing"),
                    FeedState.valueOf(row.getString("state")),
                    Trouble.named(reason).orElse(null),
                    row.getString("reason_text"),
                    instant(row, "first_sync_completed_at"),
                    json.readValue(row.getString("settings"), FeedSettings.class),
                    new FeedProgress(
                            FeedProgress.Phase.valueOf(row.getString("phase")),
                            row.getInt("processed"),
                            row.getInt("loaded"),
                            row.getInt("rejected"),
                            instant(row, "finished_at")),
                    row.getBoolean("removals_approved"),
                    instant(row, "last_synced_at"),
                    instant(row, "known_from"),
                    instant(row, "known_until"),
                    row.getString("publish_problem"),
                    Objects.requireNonNull(instant(row, "created_at")),
                    row.getLong("version"));
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("the settings of a feed cannot be read", unreadable);
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }
}
