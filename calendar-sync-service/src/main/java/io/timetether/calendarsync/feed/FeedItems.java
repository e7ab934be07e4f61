package io.timetether.calendarsync.feed;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.timetether.calendarsync.database.Row;
import io.timetether.calendarsync.database.Sql;
import io.timetether.calendarsync.plan.KnownItem;
import io.timetether.calendarsync.plan.RemoteEvent;
import io.timetether.calendarsync.scheduling.Change;
import io.timetether.calendarsync.scheduling.ItemResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table of items. Rows are written in the transactions of a run, which checks its fence first; hundreds at a time, so by
 * statements of their own.
 */
@ApplicationScoped
@Transactional
public class FeedItems implements PanacheRepositoryBase<FeedItem, FeedItem.Key> {

    private static final String KNOWN =
            "SELECT remote_id, series_id, content_hash, sent, held, starts_at, ends_at FROM feed_item WHERE feed_id = ?";

    /** Before every event: where the start is missing, the place in a list is the last one. */
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    private final Sql sql;
    private final Clock clock;

    FeedItems(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** What the feed has recorded of these events, by Graph's id. */
    public Map<String, KnownItem> known(UUID feedId, Collection<String> remoteIds) {
        UUID[] ids =
                remoteIds.stream().map(id -> RemoteEvent.itemId(feedId, id)).toArray(UUID[]::new);
        return sql.list(KNOWN + " AND item_id = ANY (?)", FeedItems::known, feedId, ids).stream()
                .collect(Collectors.toMap(KnownItem::remoteId, Function.identity()));
    }

    /** Everything that the feed has recorded. */
    public List<KnownItem> listKnown(UUID feedId) {
        return sql.list(KNOWN, FeedItems::known, feedId);
    }

    private static KnownItem known(Row row) throws SQLException {
        return new KnownItem(
                row.text("remote_id"),
                row.textOrNull("series_id"),
                row.text("content_hash"),
                !row.flag("sent")
                        ? KnownItem.Place.NOTED
                        : row.flag("held") ? KnownItem.Place.REMOVAL_HELD : KnownItem.Place.AT_SCHEDULING,
                row.instantOrNull("starts_at"),
                row.instantOrNull("ends_at"));
    }

    /** Records items whole. An item that is still to be put carries no hash yet: a crash repeats the put. */
    public void save(Collection<FeedItem> items) {
        if (items.isEmpty()) {
            return;
        }
        List<FeedItem> rows = List.copyOf(items);
        sql.change(
                """
                INSERT INTO feed_item (feed_id, item_id, remote_id, organisation_id, verdict, detail, number, sent, starts_at,
                    ends_at, start_date, end_date, subject, subject_sealed, show_as, series_id, ical_uid, original_start,
                    sensitivity, web_link, content_hash, last_modified_at, processed_at)
                SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (feed_id, item_id) DO UPDATE SET
                    verdict = CASE WHEN EXCLUDED.verdict = 'WAITING' THEN feed_item.verdict ELSE EXCLUDED.verdict END,
                    detail = EXCLUDED.detail,
                    number = CASE WHEN EXCLUDED.sent THEN feed_item.number ELSE EXCLUDED.number END,
                    sent = EXCLUDED.sent, starts_at = EXCLUDED.starts_at, ends_at = EXCLUDED.ends_at,
                    start_date = EXCLUDED.start_date, end_date = EXCLUDED.end_date, subject = EXCLUDED.subject,
                    subject_sealed = EXCLUDED.subject_sealed, show_as = EXCLUDED.show_as, series_id = EXCLUDED.series_id,
                    ical_uid = EXCLUDED.ical_uid, original_start = EXCLUDED.original_start,
                    sensitivity = EXCLUDED.sensitivity, web_link = EXCLUDED.web_link, content_hash = EXCLUDED.content_hash,
                    last_modified_at = EXCLUDED.last_modified_at, processed_at = EXCLUDED.processed_at, held = false
                """,
                array(rows, FeedItem::feedId, UUID[]::new),
                array(rows, FeedItem::itemId, UUID[]::new),
                array(rows, FeedItem::remoteId, String[]::new),
                array(rows, FeedItem::organisationId, UUID[]::new),
                array(rows, FeedItem::verdict, String[]::new),
                array(rows, FeedItem::detail, String[]::new),
                array(rows, FeedItem::number, Long[]::new),
                array(rows, FeedItem::sent, Boolean[]::new),
                array(rows, FeedItem::startsAt, Instant[]::new),
                array(rows, FeedItem::endsAt, Instant[]::new),
                array(rows, FeedItem::startDate, LocalDate[]::new),
                array(rows, FeedItem::endDate, LocalDate[]::new),
                array(rows, FeedItem::subject, String[]::new),
                array(rows, FeedItem::subjectSealed, String[]::new),
                array(rows, FeedItem::showAs, String[]::new),
                array(rows, FeedItem::seriesId, String[]::new),
                array(rows, FeedItem::icalUid, String[]::new),
                array(rows, FeedItem::originalStart, Instant[]::new),
                array(rows, FeedItem::sensitivityName, String[]::new),
                array(rows, FeedItem::webLink, String[]::new),
                array(rows, FeedItem::contentHash, String[]::new),
                array(rows, FeedItem::lastModifiedAt, Instant[]::new),
                array(rows, FeedItem::processedAt, Instant[]::new));
    }

    /** What scheduling-service made of items that were put; a verdict that it changed meanwhile has a higher version. */
    public void saveResults(UUID feedId, Collection<ItemResult> results, Map<String, String> hashes) {
        if (results.isEmpty()) {
            return;
        }
        List<ItemResult> rows = List.copyOf(results);
        sql.change(
                """
                UPDATE feed_item i SET
                    content_hash = r.hash,
                    verdict = CASE WHEN verdict_version > r.version THEN i.verdict ELSE r.verdict END,
                    detail = CASE WHEN verdict_version > r.version THEN i.detail ELSE r.detail END,
                    number = CASE WHEN verdict_version > r.version THEN i.number ELSE r.number END,
                    verdict_version = greatest(verdict_version, r.version)
                FROM unnest(?, ?, ?, ?, ?, ?) AS r (item_id, hash, verdict, detail, number, version)
                WHERE feed_id = ? AND i.item_id = r.item_id
                """,
                array(rows, result -> UUID.fromString(result.itemId()), UUID[]::new),
                array(rows, result -> hashes.getOrDefault(result.itemId(), ""), String[]::new),
                array(rows, result -> FeedItem.verdict(result.outcome(), result.reasonCode()), String[]::new),
                array(rows, ItemResult::detail, String[]::new),
                array(rows, ItemResult::number, Long[]::new),
                array(rows, ItemResult::version, Long[]::new),
                feedId);
    }

    private static <T, R> R[] array(List<T> rows, Function<T, @Nullable R> of, IntFunction<R[]> array) {
        return rows.stream().map(of).toArray(array);
    }

    /** A verdict that scheduling-service changed by itself, if it is newer than the one held. */
    public void applyVerdict(UUID organisationId, Change.VerdictState verdict) {
        update(
                """
                verdict = ?1, detail = null, number = ?2, verdictVersion = ?3, processedAt = ?4
                where organisationId = ?5 and feedId = ?6 and itemId = ?7 and sent and verdictVersion < ?3
                """,
                FeedItem.verdict(verdict.outcome(), verdict.reasonCode()),
                verdict.number(),
                verdict.version(),
                clock.instant(),
                organisationId,
                verdict.feedId(),
                UUID.fromString(verdict.itemId()));
    }

    public void delete(UUID feedId, Collection<UUID> itemIds) {
        if (!itemIds.isEmpty()) {
            sql.change(
                    "DELETE FROM feed_item WHERE feed_id = ? AND item_id = ANY (?)",
                    feedId,
                    itemIds.toArray(UUID[]::new));
        }
    }

    /** The planner's removals wait for a person, or do not any more. */
    public void hold(UUID feedId, Collection<UUID> itemIds, boolean held) {
        if (!itemIds.isEmpty()) {
            sql.change(
                    "UPDATE feed_item SET held = ? WHERE feed_id = ? AND item_id = ANY (?)",
                    held,
                    feedId,
                    itemIds.toArray(UUID[]::new));
        }
    }

    /** Scheduling-service has lost the feed's items: the next full read puts them all again. */
    public void putAgain(UUID feedId) {
        update("contentHash = '' where feedId = ?1 and sent", feedId);
    }

    /** Whether something stands in the way of judging again by what is recorded: rows from before, or removals that are held. */
    public boolean mustBeReadAgain(UUID feedId) {
        return count("feedId = ?1 and (sensitivity is null or held)", feedId) > 0;
    }

    /** Subjects that are kept as they no longer may be, or sealed without need: what is judged next is recorded whole. */
    public void unsettle(UUID feedId, boolean hideSubjects) {
        update("""
                contentHash = '' where feedId = ?1 and ((?2 = true and subject is not null)
                    or (?2 = false and subjectSealed is not null and sensitivity not in (PRIVATE, CONFIDENTIAL)))
                """, feedId, hideSubjects);
    }

    /** Those whose verdict hangs on the feed's settings, in batches by their id. */
    public List<FeedItem> listJudgedBySettings(UUID feedId, UUID after, int limit) {
        return find("""
                        feedId = ?1 and itemId > ?2
                        and (sent or verdict in ('SHOWN_AS_FREE', 'WORKING_ELSEWHERE', 'ALL_DAY_IGNORED'))
                        order by itemId
                        """, feedId, after).page(0, limit).list();
    }

    /** The feed is forgotten, and everything with it. */
    void deleteAll(UUID feedId) {
        delete("feedId = ?1", feedId);
    }

    /** The items with the latest processing first; then by start. */
    public List<FeedItem> listRecent(UUID organisationId, UUID feedId, int limit, @Nullable Place after) {
        String before = """
                and (processedAt < :processed or (processedAt = :processed and (coalesce(startsAt, :never) < :starts
                     or (coalesce(startsAt, :never) = :starts and itemId < :item))))
                """;
        Parameters named = Parameters.with("organisation", organisationId)
                .and("feed", feedId)
                .and("never", NEVER);
        if (after != null) {
            Instant starts = after.startsAt();
            named = named.and("processed", after.processedAt())
                    .and("starts", starts == null ? NEVER : starts)
                    .and("item", after.itemId());
        }
        return find(
                        "organisationId = :organisation and feedId = :feed " + (after == null ? "" : before)
                                + "order by processedAt desc, coalesce(startsAt, :never) desc, itemId desc",
                        named)
                .page(0, limit)
                .list();
    }

    /** A place in that list. */
    public record Place(Instant processedAt, @Nullable Instant startsAt, UUID itemId) {}
}
