package io.timetether.scheduling.staff;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.timetether.scheduling.audit.AuditLog;
import io.timetether.scheduling.changes.ChangeKind;
import io.timetether.scheduling.changes.Changes;
import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.database.StaffLock;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.EntityTag;
import io.timetether.scheduling.http.IdempotencyKeys;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.timeoff.StaffTimeOff;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets a staff member go for good. Appointments of the past are their clients', too, and stay, with a staff member
 * without a name; all else that is known about the person goes, in one transaction.
 */
@ApplicationScoped
class Leaving {

    private final Sql sql;
    private final StaffLock locks;
    private final WorkingHours workingHours;
    private final StaffTimeOff timeOff;
    private final Event<StaffErased> erased;
    private final IdempotencyKeys keys;
    private final Changes changes;
    private final AuditLog audit;
    private final Clock clock;

    Leaving(
            Sql sql,
            StaffLock locks,
            WorkingHours workingHours,
            StaffTimeOff timeOff,
            Event<StaffErased> erased,
            IdempotencyKeys keys,
            Changes changes,
            AuditLog audit,
            Clock clock) {
        this.sql = sql;
        this.locks = locks;
        this.workingHours = workingHours;
        this.timeOff = timeOff;
        this.erased = erased;
        this.keys = keys;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    /** Removes all that is known about the person; calendar-sync learns it from the change log. */
    void erase(Caller.Member caller, UUID staffId, @Nullable String ifMatch) {
        if (staffId.equals(caller.staffId())) {
            throw ProblemType.NOT_ALLOWED.because("Another administrator has to erase you.");
        }
        QuarkusTransaction.requiringNew().run(() -> {
            UUID organisationId = caller.organisationId();
            // The lock first: a booking that is being written is seen below, one that comes later finds nobody.
            locks.take(List.of(staffId));
            EntityTag.require(ifMatch, versionForUpdate(organisationId, staffId));
            erased.fire(new StaffErased(organisationId, staffId, caller.actor()));
            workingHours.forget(organisationId, staffId);
            timeOff.forget(organisationId, staffId);
            keys.forget(organisationId, staffId);
            sql.change("""
                    UPDATE staff SET name = 'Former staff member', email = '', active = false, erased_at = ?, updated_at = ?,
                        version = version + 1
                    WHERE organisation_id = ? AND id = ?
                    """, clock.instant(), clock.instant(), organisationId, staffId);
            changes.record(ChangeKind.ERASURE, organisationId, staffId);
            audit.note(caller, "STAFF_ERASED", staffId);
        });
    }

    /** Whoever is about to point to the row (they share its key) has either done so already, or waits and finds nobody. */
    private long versionForUpdate(UUID organisationId, UUID staffId) {
        return sql.find("""
                        SELECT version FROM staff WHERE organisation_id = ? AND id = ? AND erased_at IS NULL FOR UPDATE
                        """, row -> row.number("version"), organisationId, staffId)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("No staff member has this id."));
    }
}
