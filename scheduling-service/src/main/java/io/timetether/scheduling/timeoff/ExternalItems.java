package io.timetether.scheduling.timeoff;

import io.timetether.scheduling.changes.Changes.Item;
import io.timetether.scheduling.database.Row;
import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.timeoff.VerdictPlanner.Stored;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Imported items with their verdicts. Every method is one statement, whatever the number of items. */
@ApplicationScoped
class ExternalItems {

    /** What is needed of a stored item to plan, and to keep its number and its verdict's version. */
    record Known(Stored stored, long number, long verdictVersion) {}

    /** A row as it shall be. A null version asks for a new one, because the verdict changes. */
    record Wanted(
            UUID id,
            ExternalItem item,
            long number,
            @Nullable Instant startAt,
            @Nullable Instant endAt,
            Verdict verdict,
            @Nullable Long verdictVersion) {}

    private static final String KNOWN =
            "SELECT feed_id, item_id, copy_key, reason_code, detail, number, verdict_version FROM external_time_off ";

    private final Sql sql;

    ExternalItems(Sql sql) {
        this.sql = sql;
    }

    /** The zone of a staff member who is still there, else a 404. */
    ZoneId zoneOf(UUID organisationId, UUID staffId) {
        return sql.find(
                        "SELECT time_zone FROM staff WHERE organisation_id = ? AND id = ? AND erased_at IS NULL",
                        row -> ZoneId.of(row.text("time_zone")),
                        organisationId,
                        staffId)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("No staff member has this id."));
    }

    List<Known> listOfFeed(UUID organisationId, UUID feedId, Collection<String> itemIds) {
        return sql.list(
                KNOWN + "WHERE organisation_id = ? AND feed_id = ? AND item_id = ANY (?)",
                ExternalItems::known,
                organisationId,
                feedId,
                itemIds.toArray(String[]::new));
    }

    List<Known> listCopies(UUID organisationId, UUID staffId, Collection<String> copyKeys) {
        return sql.list(
                KNOWN + "WHERE organisation_id = ? AND staff_id = ? AND copy_key = ANY (?)",
                ExternalItems::known,
                organisationId,
                staffId,
                copyKeys.toArray(String[]::new));
    }

    /** Items of other feeds that are copies of what this feed blocks with. */
    List<Known> listCopiesOfFeed(UUID organisationId, UUID staffId, UUID feedId) {
        return sql.list(KNOWN + """
                        WHERE organisation_id = ? AND staff_id = ? AND feed_id <> ? AND copy_key IN (
                            SELECT copy_key FROM external_time_off WHERE organisation_id = ? AND feed_id = ?)
                        """, ExternalItems::known, organisationId, staffId, feedId, organisationId, feedId);
    }

    void remove(UUID organisationId, UUID feedId, Collection<String> itemIds) {
        sql.change(
                "DELETE FROM external_time_off WHERE organisation_id = ? AND feed_id = ? AND item_id = ANY (?)",
                organisationId,
                feedId,
                itemIds.toArray(String[]::new));
    }

    void removeAll(UUID organisationId, UUID feedId) {
        sql.change("DELETE FROM external_time_off WHERE organisation_id = ? AND feed_id = ?", organisationId, feedId);
    }

    /** Inserts or replaces; returns the version of each item's verdict. */
    Map<String, Long> put(UUID organisationId, UUID staffId, UUID feedId, List<Wanted> wanted) {
        Map<String, Long> versions = new HashMap<>();
        sql.list(
                """
                INSERT INTO external_time_off
                    (id, organisation_id, staff_id, feed_id, item_id, number, title, start_at, end_at, start_date, end_date,
                     show_as, copy_key, web_link, last_modified_at, outcome, reason_code, detail, verdict_version)
                SELECT id, ?, ?, ?, item_id, number, title, start_at, end_at, start_date, end_date, show_as, copy_key,
                       web_link, last_modified_at, outcome, reason_code, detail,
                       coalesce(verdict_version, nextval('verdict_version'))
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    AS t (id, item_id, number, title, start_at, end_at, start_date, end_date, show_as, copy_key,
                          web_link, last_modified_at, outcome, reason_code, detail, verdict_version)
                ON CONFLICT (feed_id, item_id) DO UPDATE SET
                    title = excluded.title, start_at = excluded.start_at, end_at = excluded.end_at,
                    start_date = excluded.start_date, end_date = excluded.end_date, show_as = excluded.show_as,
                    copy_key = excluded.copy_key, web_link = excluded.web_link,
                    last_modified_at = excluded.last_modified_at, outcome = excluded.outcome,
                    reason_code = excluded.reason_code, detail = excluded.detail,
                    verdict_version = excluded.verdict_version
                RETURNING item_id, verdict_version
                """,
                row -> versions.put(row.text("item_id"), row.number("verdict_version")),
                organisationId,
                staffId,
                feedId,
                array(wanted, Wanted::id, UUID[]::new),
                array(wanted, w -> w.item().itemId(), String[]::new),
                array(wanted, Wanted::number, Long[]::new),
                array(wanted, w -> w.item().keptTitle(), String[]::new),
                array(wanted, Wanted::startAt, Instant[]::new),
                array(wanted, Wanted::endAt, Instant[]::new),
                array(wanted, w -> w.item().isAllDay() ? w.item().startDate() : null, LocalDate[]::new),
                array(wanted, w -> w.item().isAllDay() ? w.item().endDate() : null, LocalDate[]::new),
                array(wanted, w -> w.item().showAs(), String[]::new),
                array(wanted, w -> w.item().copyKey(), String[]::new),
                array(wanted, w -> w.item().webLink(), String[]::new),
                array(wanted, w -> w.item().lastModifiedAt(), Instant[]::new),
                array(wanted, w -> w.verdict().outcome(), String[]::new),
                array(wanted, w -> w.verdict().reasonCode(), String[]::new),
                array(wanted, w -> w.verdict().detail(), String[]::new),
                array(wanted, Wanted::verdictVersion, Long[]::new));
        return versions;
    }

    /** Verdicts that change because of something that happened to another copy. */
    void changeVerdicts(UUID organisationId, Map<Item, Verdict> verdicts) {
        if (verdicts.isEmpty()) {
            return;
        }
        List<Map.Entry<Item, Verdict>> changed = List.copyOf(verdicts.entrySet());
        sql.change(
                """
                UPDATE external_time_off AS e SET outcome = t.outcome, reason_code = t.reason_code, detail = t.detail,
                    verdict_version = nextval('verdict_version')
                FROM unnest(?, ?, ?, ?, ?) AS t (feed_id, item_id, outcome, reason_code, detail)
                WHERE e.organisation_id = ? AND e.feed_id = t.feed_id AND e.item_id = t.item_id
                """,
                array(changed, e -> e.getKey().feedId(), UUID[]::new),
                array(changed, e -> e.getKey().itemId(), String[]::new),
                array(changed, e -> e.getValue().outcome(), String[]::new),
                array(changed, e -> e.getValue().reasonCode(), String[]::new),
                array(changed, e -> e.getValue().detail(), String[]::new),
                organisationId);
    }

    private static Known known(Row row) throws SQLException {
        return new Known(
                new Stored(
                        new Item(row.uuid("feed_id"), row.text("item_id")),
                        row.textOrNull("copy_key"),
                        new Verdict(row.textOrNull("reason_code"), row.textOrNull("detail"))),
                row.number("number"),
                row.number("verdict_version"));
    }

    private static <T, R> R[] array(
            List<T> values, Function<T, @Nullable R> of, java.util.function.IntFunction<R[]> array) {
        return values.stream().map(of).toArray(array);
    }
}
