package io.timetether.calendarsync.feed;

import io.timetether.calendarsync.plan.KnownItem;
import io.timetether.calendarsync.scheduling.Change;
import io.timetether.calendarsync.scheduling.ItemResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The table of items. Rows are written in the transactions of a run, which checks its fence first. */
@ApplicationScoped
public class FeedItems {

    private static final String KNOWN =
            "SELECT remote_id, series_id, content_hash, sent, held, starts_at, ends_at FROM feed_item WHERE feed_id = :feed";

    private final Jdbi jdbi;
    private final Clock clock;

    FeedItems(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** What the feed has recorded of these events, by Graph's id. */
    public Map<String, KnownItem> known(UUID feedId, Collection<String> remoteIds) {
        Map<String, KnownItem> known = new HashMap<>();
        jdbi.withHandle(handle -> handle.createQuery(KNOWN + " AND item_id = ANY(:ids)")
                        .bind("feed", feedId)
                        .bindArray(
                                "ids",
                                UUID.class,
                                remoteIds.stream()
                                        .map(id -> io.timetether.calendarsync.plan.RemoteEvent.itemId(feedId, id))
                                        .toList())
                        .map((row, context) -> known(row))
                        .list())
                .forEach(item -> known.put(item.remoteId(), item));
        return known;
    }

    /** Everything that the feed has recorded. */
    public List<KnownItem> listKnown(UUID feedId) {
        return jdbi.withHandle(handle -> handle.createQuery(KNOWN)
                .bind("feed", feedId)
                .map((row, context) -> known(row))
                .list());
    }

    private static KnownItem known(ResultSet row) throws SQLException {
        boolean sent = row.getBoolean("sent");
        return new KnownItem(
                row.getString("remote_id"),
                row.getString("series_id"),
                row.getString("content_hash"),
                !sent
                        ? KnownItem.Place.NOTED
                        : row.getBoolean("held") ? KnownItem.Place.REMOVAL_HELD : KnownItem.Place.AT_SCHEDULING,
                instant(row, "starts_at"),
                instant(row, "ends_at"));
    }

    /** Records items whole. An item that is still to be put carries no hash yet: a crash repeats the put. */
    public void save(Handle handle, UUID organisationId, UUID feedId, Collection<FeedItem> items) {
        if (items.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO feed_item (feed_id, item_id, remote_id, organisation_id, verdict, detail, number, sent, starts_at,
                    ends_at, start_date, end_date, subject, subject_sealed, show_as, series_id, web_link, content_hash,
                    last_modified_at, processed_at)
                VALUES (:feed, :itemId, :remoteId, :organisation, :verdict, :detail, :number, :sent, :startsAt,
                    :endsAt, :startDate, :endDate, :subject, :subjectSealed, :showAs, :seriesId, :webLink, :contentHash,
                    :lastModifiedAt, :processedAt)
                ON CONFLICT (feed_id, item_id) DO UPDATE SET
                    verdict = CASE WHEN EXCLUDED.verdict = 'WAITING' THEN feed_item.verdict ELSE EXCLUDED.verdict END,
                    detail = EXCLUDED.detail,
                    number = CASE WHEN EXCLUDED.sent THEN feed_item.number ELSE EXCLUDED.number END,
                    sent = EXCLUDED.sent, starts_at = EXCLUDED.starts_at, ends_at = EXCLUDED.ends_at,
                    start_date = EXCLUDED.start_date, end_date = EXCLUDED.end_date, subject = EXCLUDED.subject,
                    subject_sealed = EXCLUDED.subject_sealed, show_as = EXCLUDED.show_as, series_id = EXCLUDED.series_id,
                    web_link = EXCLUDED.web_link, content_hash = EXCLUDED.content_hash,
                    last_modified_at = EXCLUDED.last_modified_at, processed_at = EXCLUDED.processed_at, held = false
                """);
        for (FeedItem item : items) {
            batch.bindMethods(item)
                    .bind("feed", feedId)
                    .bind("organisation", organisationId)
                    .add();
        }
        batch.execute();
    }

    /** What scheduling-service made of items that were put; a verdict that it changed meanwhile has a higher version. */
    public void saveResults(Handle handle, UUID feedId, Collection<ItemResult> results, Map<String, String> hashes) {
        if (results.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                UPDATE feed_item SET
                    content_hash = :hash,
                    verdict = CASE WHEN verdict_version > :version THEN verdict ELSE :verdict END,
                    detail = CASE WHEN verdict_version > :version THEN detail ELSE :detail END,
                    number = CASE WHEN verdict_version > :version THEN number ELSE :number END,
                    verdict_version = greatest(verdict_version, :version)
                WHERE feed_id = :feed AND item_id = :item
                """);
        for (ItemResult result : results) {
            batch.bind("hash", hashes.getOrDefault(result.itemId(), ""))
                    .bind("verdict", FeedItem.verdict(result.outcome(), result.reasonCode()))
                    .bind("detail", result.detail())
                    .bind("number", result.number())
                    .bind("version", result.version())
                    .bind("feed", feedId)
                    .bind("item", UUID.fromString(result.itemId()))
                    .add();
        }
        batch.execute();
    }

    /** A verdict that scheduling-service changed by itself, if it is newer than the one held. */
    public void applyVerdict(Handle handle, UUID organisationId, Change.VerdictState verdict) {
        handle.createUpdate("""
                        UPDATE feed_item SET verdict = :verdict, detail = NULL, number = :number, verdict_version = :version,
                                             processed_at = :now
                        WHERE organisation_id = :organisation AND feed_id = :feed AND item_id = :item AND sent
                          AND verdict_version < :version
                        """)
                .bind("verdict", FeedItem.verdict(verdict.outcome(), verdict.reasonCode()))
                .bind("number", verdict.number())
                .bind("version", verdict.version())
                .bind("now", clock.instant())
                .bind("organisation", organisationId)
                .bind("feed", verdict.feedId())
                .bind("item", UUID.fromString(verdict.itemId()))
                .execute();
    }

    public void delete(Handle handle, UUID feedId, Collection<UUID> itemIds) {
        handle.createUpdate("DELETE FROM feed_item WHERE feed_id = :feed AND item_id = ANY(:ids)")
                .bind("feed", feedId)
                .bindArray("ids", UUID.class, itemIds)
                .execute();
    }

    /** The planner's removals wait for a person, or do not any more. */
    public void hold(Handle handle, UUID feedId, Collection<UUID> itemIds, boolean held) {
        handle.createUpdate("UPDATE feed_item SET held = :held WHERE feed_id = :feed AND item_id = ANY(:ids)")
                .bind("held", held)
                .bind("feed", feedId)
                .bindArray("ids", UUID.class, itemIds)
                .execute();
    }

    /** Scheduling-service has lost the feed's items: the next full read puts them all again. */
    public void putAgain(UUID feedId) {
        jdbi.useHandle(
                handle -> handle.createUpdate("UPDATE feed_item SET content_hash = '' WHERE feed_id = :feed AND sent")
                        .bind("feed", feedId)
                        .execute());
    }

    /** The items with the latest processing first; then by start. */
    public List<FeedItem> listRecent(UUID organisationId, UUID feedId, int limit, @Nullable Place after) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT item_id, remote_id, verdict, detail, number, sent, starts_at, ends_at, start_date, end_date,
                               subject, subject_sealed, show_as, series_id, web_link, content_hash, last_modified_at,
                               processed_at
                        FROM feed_item
                        WHERE organisation_id = :organisation AND feed_id = :feed
                          AND (cast(:processed AS timestamptz) IS NULL
                               OR (processed_at, coalesce(starts_at, '-infinity'), item_id)
                                  < (:processed, coalesce(cast(:starts AS timestamptz), '-infinity'), :item))
                        ORDER BY processed_at DESC, coalesce(starts_at, '-infinity') DESC, item_id DESC LIMIT :limit
                        """)
                .bind("organisation", organisationId)
                .bind("feed", feedId)
                .bind("processed", after == null ? null : after.processedAt())
                .bind("starts", after == null ? null : after.startsAt())
                .bind("item", after == null ? null : after.itemId())
                .bind("limit", limit)
                .mapTo(FeedItem.class)
                .list());
    }

    /** A place in that list. */
    public record Place(Instant processedAt, @Nullable Instant startsAt, UUID itemId) {}

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }
}
