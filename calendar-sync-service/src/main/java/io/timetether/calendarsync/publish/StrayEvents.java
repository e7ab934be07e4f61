package io.timetether.calendarsync.publish;

import io.timetether.calendarsync.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;

/**
 * The mapping again, as it knows events that a create made when its row had gone on without it: nobody wants them. They are
 * noted before anybody tries to take them away, so that a deletion that fails, or never begins, is made up for.
 */
@ApplicationScoped
@Transactional
class StrayEvents {

    private final Sql sql;
    private final Clock clock;

    StrayEvents(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** The row is due for it; unless the event is the row's own after all. */
    void note(PublishedEvent event, String eventId) {
        sql.change("""
                UPDATE published_event
                SET strays = array_append(strays, r.stray), wanted = wanted + 1, attempts = 0, not_before = '-infinity',
                    updated_at = ?,
                    removal_wanted = removal_wanted OR (published_event.state <> 'KEPT' AND EXISTS (
                        SELECT 1 FROM feed f WHERE f.id = feed_id AND f.state = 'STOPPED'))
                FROM (SELECT cast(? AS text) AS stray) r
                WHERE id = ? AND NOT r.stray = ANY (strays)
                  AND (event_id IS DISTINCT FROM r.stray OR state IN ('REMOVED', 'WANTED'))
                """, clock.instant(), eventId, event.id());
    }

    /** It is gone. */
    void forget(PublishedEvent event, String eventId) {
        sql.change("UPDATE published_event SET strays = array_remove(strays, ?) WHERE id = ?", eventId, event.id());
    }
}
