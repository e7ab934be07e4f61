package io.timetether.calendarsync.watching;

import io.timetether.calendarsync.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How everything stands, over all organisations and instances. */
@ApplicationScoped
class Standings {

    /** Without a confirmation for so long, busy time counts as stale (product.md §6). */
    private static final Duration FRESH = Duration.ofMinutes(15);

    private final Sql sql;
    private final Clock clock;

    Standings(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * One look at the tables.
     *
     * @param feeds               by state
     * @param connections         by state
     * @param subscriptions       calendars that are read, by the state of their subscription
     * @param staleFeeds          reading feeds whose busy time is stale, for whatever reason
     * @param oldestSeconds       how long ago the least fresh running feed was confirmed
     * @param throttledMailboxes  that Microsoft wants left alone for a while
     * @param jobsWaiting         that are due and have not begun, by kind
     * @param latestJobSeconds    how long the one that waits longest has been due
     * @param unwrittenEvents     that Office 365 does not show as it should
     */
    record Standing(
            Map<String, Long> feeds,
            Map<String, Long> connections,
            Map<String, Long> subscriptions,
            long staleFeeds,
            long oldestSeconds,
            long throttledMailboxes,
            Map<String, Long> jobsWaiting,
            long latestJobSeconds,
            long unwrittenEvents) {

        static final Standing UNKNOWN = new Standing(Map.of(), Map.of(), Map.of(), 0, 0, 0, Map.of(), 0, 0);
    }

    private record Freshness(long stale, long oldest) {}

    private record Waiting(String job, long count, long seconds) {}

    Standing look() {
        Instant now = clock.instant();
        Freshness freshness =
                sql.get("""
                SELECT count(*) FILTER (WHERE f.first_sync_completed_at IS NULL OR k.confirmed_at IS NULL
                                           OR k.confirmed_at < ?) AS stale,
                       coalesce(max(extract(epoch FROM ? - k.confirmed_at)) FILTER (
                           WHERE f.state IN ('ACTIVE', 'HELD') AND c.state = 'ACTIVE'), 0)::bigint AS oldest
                FROM feed f
                JOIN remote_calendar k ON k.id = f.remote_calendar_id
                JOIN connection c ON c.organisation_id = f.organisation_id AND c.id = f.connection_id
                WHERE f.reading AND f.state <> 'STOPPED'
                """, row -> new Freshness(row.number("stale"), row.number("oldest")), now.minus(FRESH), now);
        List<Waiting> waiting = sql.list(
                """
                SELECT task_name, count(*) AS waiting,
                       extract(epoch FROM max(? - execution_time))::bigint AS seconds
                FROM scheduled_tasks WHERE NOT picked AND execution_time <= ? GROUP BY task_name
                """, row -> new Waiting(row.text("task_name"), row.number("waiting"), row.number("seconds")), now, now);
        Map<String, Long> jobs = new HashMap<>();
        waiting.forEach(kind -> jobs.put(kind.job(), kind.count()));
        return new Standing(
                counts("SELECT state AS name, count(*) AS n FROM feed GROUP BY state"),
                counts("SELECT state AS name, count(*) AS n FROM connection GROUP BY state"),
                counts("""
                        SELECT subscription_state AS name, count(*) AS n FROM remote_calendar k
                        WHERE EXISTS (SELECT 1 FROM feed f WHERE f.remote_calendar_id = k.id AND f.state <> 'STOPPED')
                        GROUP BY subscription_state
                        """),
                freshness.stale(),
                freshness.oldest(),
                number("SELECT count(*) AS n FROM microsoft_account WHERE not_before > ?", now),
                jobs,
                waiting.stream().mapToLong(Waiting::seconds).max().orElse(0),
                number("SELECT count(*) AS n FROM published_event WHERE wanted > written"));
    }

    private Map<String, Long> counts(String query) {
        Map<String, Long> counts = new HashMap<>();
        sql.list(query, row -> Map.entry(row.text("name"), row.number("n")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    private long number(String query, Object... arguments) {
        return sql.get(query, row -> row.number("n"), arguments);
    }
}
