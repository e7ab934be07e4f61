package io.timetether.scheduling.timeoff;

import io.timetether.scheduling.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The feeds that calendar-sync has registered, with the fence below which nobody may write any more. */
@ApplicationScoped
class Feeds {

    @Schema(name = "FeedPhase")
    enum State {
        FIRST_SYNC,
        ACTIVE,
        PAUSED,
        HELD,
        PARKED
    }

    record Feed(UUID id, UUID organisationId, UUID staffId, long fence, boolean deleted) {}

    record Freshness(
            UUID feedId,
            UUID organisationId,
            long fence,
            @Nullable Instant confirmedAt,
            @Nullable Instant knownFrom,
            @Nullable Instant knownUntil,
            boolean firstSyncCompleted,
            State state) {}

    private final Sql sql;

    Feeds(Sql sql) {
        this.sql = sql;
    }

    /** Locks the feed's row for the rest of the transaction. */
    Optional<Feed> findForUpdate(UUID organisationId, UUID feedId) {
        return sql.find(
                """
                SELECT id, organisation_id, staff_id, fence, deleted_at IS NOT NULL AS deleted FROM feed
                WHERE organisation_id = ? AND id = ? FOR UPDATE
                """,
                row -> new Feed(
                        row.uuid("id"),
                        row.uuid("organisation_id"),
                        row.uuid("staff_id"),
                        row.number("fence"),
                        row.flag("deleted")),
                organisationId,
                feedId);
    }

    /** Whose feed it is; never changes. */
    Optional<UUID> findStaffId(UUID organisationId, UUID feedId) {
        return sql.find(
                "SELECT staff_id FROM feed WHERE organisation_id = ? AND id = ? AND deleted_at IS NULL",
                row -> row.uuid("staff_id"),
                organisationId,
                feedId);
    }

    /** False if a feed of this id exists already (in any organisation). */
    boolean add(Feed feed, String calendarName, boolean subjectsShared, State state) {
        return sql.change(
                        """
                        INSERT INTO feed (id, organisation_id, staff_id, fence, calendar_name, subjects_shared, state)
                        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                        """,
                        feed.id(),
                        feed.organisationId(),
                        feed.staffId(),
                        feed.fence(),
                        calendarName,
                        subjectsShared,
                        state)
                == 1;
    }

    /** Brings a deleted feed back, too: then with nothing known. */
    void update(Feed feed, String calendarName, boolean subjectsShared, State state) {
        sql.change("""
                UPDATE feed SET fence = ?, calendar_name = ?, subjects_shared = ?, state = ?, deleted_at = NULL,
                    first_sync_completed = first_sync_completed AND deleted_at IS NULL
                WHERE organisation_id = ? AND id = ?
                """, feed.fence(), calendarName, subjectsShared, state, feed.organisationId(), feed.id());
    }

    void raiseFence(Feed feed, long fence) {
        if (fence > feed.fence()) {
            sql.change(
                    "UPDATE feed SET fence = ? WHERE organisation_id = ? AND id = ?",
                    fence,
                    feed.organisationId(),
                    feed.id());
        }
    }

    /** Leaves the row with its fence, so that an overtaken runner cannot bring the feed back. */
    void markDeleted(Feed feed, long fence, Instant at) {
        sql.change("""
                UPDATE feed SET fence = ?, deleted_at = ?, confirmed_at = NULL, known_from = NULL, known_until = NULL,
                    first_sync_completed = false
                WHERE organisation_id = ? AND id = ?
                """, fence, at, feed.organisationId(), feed.id());
    }

    /** Locks the rows in the order of their ids, so that two reports never wait in a circle. */
    Map<UUID, Feed> findAllForUpdate(List<UUID> feedIds) {
        Map<UUID, Feed> found = new HashMap<>();
        sql.list(
                """
                SELECT id, organisation_id, staff_id, fence, deleted_at IS NOT NULL AS deleted FROM feed
                WHERE id = ANY (?) ORDER BY id FOR UPDATE
                """,
                row -> found.put(
                        row.uuid("id"),
                        new Feed(
                                row.uuid("id"),
                                row.uuid("organisation_id"),
                                row.uuid("staff_id"),
                                row.number("fence"),
                                row.flag("deleted"))),
                (Object) feedIds.toArray(UUID[]::new));
        return found;
    }

    /** What was confirmed once stays confirmed; a first sync that has ended stays ended. */
    void report(List<Freshness> reports) {
        sql.change(
                """
                UPDATE feed SET fence = greatest(feed.fence, t.fence), state = t.state,
                    confirmed_at = greatest(feed.confirmed_at, t.confirmed_at),
                    known_from = coalesce(t.known_from, feed.known_from),
                    known_until = coalesce(t.known_until, feed.known_until),
                    first_sync_completed = feed.first_sync_completed OR t.first_sync_completed
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)
                    AS t (id, organisation_id, fence, confirmed_at, known_from, known_until, first_sync_completed, state)
                WHERE feed.organisation_id = t.organisation_id AND feed.id = t.id
                """,
                reports.stream().map(Freshness::feedId).toArray(UUID[]::new),
                reports.stream().map(Freshness::organisationId).toArray(UUID[]::new),
                reports.stream().map(Freshness::fence).toArray(Long[]::new),
                reports.stream().map(Freshness::confirmedAt).toArray(Instant[]::new),
                reports.stream().map(Freshness::knownFrom).toArray(Instant[]::new),
                reports.stream().map(Freshness::knownUntil).toArray(Instant[]::new),
                reports.stream().map(Freshness::firstSyncCompleted).toArray(Boolean[]::new),
                reports.stream().map(report -> report.state().name()).toArray(String[]::new));
    }

    /** In a transaction, they are that until it ends. */
    boolean isStaffMember(UUID organisationId, UUID staffId) {
        return sql.find(
                        "SELECT id FROM staff WHERE organisation_id = ? AND id = ? AND erased_at IS NULL FOR KEY SHARE",
                        row -> true,
                        organisationId,
                        staffId)
                .isPresent();
    }
}
