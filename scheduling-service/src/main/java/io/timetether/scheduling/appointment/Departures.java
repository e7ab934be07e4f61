package io.timetether.scheduling.appointment;

import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.staff.StaffErased;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;

/** What becomes of appointments when their staff member goes. In the transaction of whoever lets them go. */
@ApplicationScoped
class Departures {

    private final Sql sql;
    private final Clock clock;

    Departures(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Nobody is left waiting: what is to come has to be moved or cancelled first. Holds go; the past stays. */
    void onErasure(@Observes StaffErased erased) {
        long toCome =
                sql.get("""
                SELECT count(*) AS to_come FROM appointment
                WHERE organisation_id = ? AND staff_id = ? AND end_at > ? AND status <> 'CANCELLED'
                """, row -> row.number("to_come"), erased.organisationId(), erased.staffId(), clock.instant());
        if (toCome > 0) {
            throw ProblemType.APPOINTMENTS_TO_COME.because(
                    "Move or cancel them first (%d). Setting active to false keeps new ones away.".formatted(toCome));
        }
        sql.change(
                "DELETE FROM occupancy WHERE organisation_id = ? AND staff_id = ? AND kind = 'HOLD'",
                erased.organisationId(),
                erased.staffId());
    }
}
