package io.timetether.scheduling.timeoff;

import io.timetether.scheduling.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** All that takes one staff member's time, whatever its source. */
@ApplicationScoped
public class StaffTimeOff {

    private final Sql sql;
    private final Clock clock;

    StaffTimeOff(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Forgets entries and imported items, in the current transaction and under the staff member's lock. Of a feed, its
     * fence stays, so that a run that is still going is refused.
     */
    public void forget(UUID organisationId, UUID staffId) {
        for (String table : List.of("time_off", "external_time_off")) {
            sql.change("DELETE FROM " + table + " WHERE organisation_id = ? AND staff_id = ?", organisationId, staffId);
        }
        sql.change("""
                UPDATE feed SET deleted_at = coalesce(deleted_at, ?), calendar_name = '', confirmed_at = NULL,
                    known_from = NULL, known_until = NULL, first_sync_completed = false
                WHERE organisation_id = ? AND staff_id = ?
                """, clock.instant(), organisationId, staffId);
    }
}
