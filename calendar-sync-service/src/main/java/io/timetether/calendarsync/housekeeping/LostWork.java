package io.timetether.calendarsync.housekeeping;

import io.timetether.calendarsync.database.Sql;
import io.timetether.calendarsync.jobs.JobKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Work that is due but that no job will come to by itself: its wake-up was lost between a commit and the wish. */
@ApplicationScoped
class LostWork {

    private static final Duration FAR = Duration.ofHours(1);

    private final Sql sql;
    private final Clock clock;

    LostWork(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    record Lost(JobKind kind, UUID instance) {}

    List<Lost> list() {
        return sql.list(
                """
                WITH running AS (
                    SELECT f.id, f.remote_calendar_id, f.snapshot_wishes <> f.snapshots_taken AS snapshot
                    FROM feed f JOIN connection c ON c.organisation_id = f.organisation_id AND c.id = f.connection_id
                    WHERE f.state IN ('FIRST_SYNC', 'ACTIVE', 'HELD') AND c.state = 'ACTIVE'),
                due AS (
                    SELECT DISTINCT 'SYNC_CALENDAR' AS kind, 'sync-calendar' AS task, remote_calendar_id AS instance
                    FROM running
                    UNION SELECT DISTINCT 'KEEP_SUBSCRIPTION', 'keep-subscription', r.remote_calendar_id
                    FROM running r JOIN remote_calendar k ON k.id = r.remote_calendar_id
                    WHERE k.subscription_state <> 'ACTIVE'
                    UNION SELECT 'PUBLISH_FEED', 'publish-feed', r.id FROM running r
                    WHERE r.snapshot OR EXISTS (
                        SELECT 1 FROM published_event e
                        WHERE e.feed_id = r.id AND e.wanted > e.written AND e.not_before <= ?)
                    UNION SELECT 'FORGET_FEED', 'forget-feed', id FROM feed WHERE forget_wanted
                    UNION SELECT 'TELL_OWNER', 'tell-owner', id FROM connection
                    WHERE state = 'RECONNECT_REQUIRED' AND lost_version IS DISTINCT FROM told_version
                    UNION SELECT 'FINISH_STOPPING', 'finish-stopping', id FROM connection WHERE state = 'STOPPING'
                    UNION SELECT 'FINISH_STOPPING', 'finish-stopping', c.id
                    FROM connection c JOIN feed f ON f.organisation_id = c.organisation_id AND f.connection_id = c.id
                    JOIN published_event e ON e.feed_id = f.id AND e.removal_wanted AND e.wanted > e.written
                    WHERE c.state = 'STOPPED' AND EXISTS (
                        SELECT 1 FROM connection o WHERE o.organisation_id = c.organisation_id
                          AND o.account_id = c.account_id AND o.state = 'ACTIVE'))
                SELECT kind, instance FROM due
                WHERE NOT EXISTS (
                    SELECT 1 FROM scheduled_tasks t
                    WHERE t.task_name = due.task AND t.task_instance = cast(due.instance AS text)
                      AND (t.picked OR t.execution_time < ?))
                """,
                row -> new Lost(JobKind.valueOf(row.text("kind")), row.uuid("instance")),
                clock.instant(),
                clock.instant().plus(FAR).plusSeconds(60));
    }
}
