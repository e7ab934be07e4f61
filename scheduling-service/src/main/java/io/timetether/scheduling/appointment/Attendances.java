package io.timetether.scheduling.appointment;

import io.timetether.scheduling.changes.ChangeKind;
import io.timetether.scheduling.changes.Changes;
import io.timetether.scheduling.client.ClientErased;
import io.timetether.scheduling.client.ClientMerged;
import io.timetether.scheduling.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What becomes of appointments when one of their clients goes. In the transaction of whoever lets them go. */
@ApplicationScoped
class Attendances {

    private final Sql sql;
    private final Changes changes;
    private final Clock clock;

    Attendances(Sql sql, Changes changes, Clock clock) {
        this.sql = sql;
        this.changes = changes;
        this.clock = clock;
    }

    /** The appointments stay, and are another client's from now on. */
    void onMerge(@Observes ClientMerged merged) {
        UUID organisationId = merged.organisationId();
        List<UUID> moved = sql.list(
                "UPDATE attendee SET client_id = ? WHERE organisation_id = ? AND client_id = ? RETURNING appointment_id",
                row -> row.uuid("appointment_id"),
                merged.into(),
                organisationId,
                merged.from());
        changed(organisationId, moved, "CLIENT_MERGED", merged.actor());
    }

    /**
     * An appointment that nobody else attends goes with its client; its history stays as lines of the audit log, which
     * hold ids only. Of a group session, the client's attendance goes.
     */
    void onErasure(@Observes ClientErased erased) {
        UUID organisationId = erased.organisationId();
        List<UUID> alone = sql.list(
                """
                SELECT id FROM appointment a WHERE organisation_id = ?
                  AND id IN (SELECT appointment_id FROM attendee WHERE organisation_id = ? AND client_id = ?)
                  AND NOT EXISTS (SELECT 1 FROM attendee o WHERE o.organisation_id = a.organisation_id
                                  AND o.appointment_id = a.id AND o.client_id <> ?)
                ORDER BY id FOR UPDATE
                """, row -> row.uuid("id"), organisationId, organisationId, erased.clientId(), erased.clientId());
        UUID[] ids = alone.toArray(UUID[]::new);
        sql.change("""
                INSERT INTO audit_entry (organisation_id, at, actor, action, entity_id)
                SELECT organisation_id, at, actor, 'APPOINTMENT_' || action, appointment_id FROM appointment_history
                WHERE organisation_id = ? AND appointment_id = ANY (?) ORDER BY at, version
                """, organisationId, ids);
        for (String table : List.of("appointment_history", "occupancy", "attendee")) {
            sql.change(
                    "DELETE FROM " + table + " WHERE organisation_id = ? AND appointment_id = ANY (?)",
                    organisationId,
                    ids);
        }
        sql.change("DELETE FROM appointment WHERE organisation_id = ? AND id = ANY (?)", organisationId, ids);
        changes.record(ChangeKind.ERASURE, organisationId, alone);
        List<UUID> left = sql.list(
                "DELETE FROM attendee WHERE organisation_id = ? AND client_id = ? RETURNING appointment_id",
                row -> row.uuid("appointment_id"),
                organisationId,
                erased.clientId());
        changed(organisationId, left, "CLIENT_ERASED", erased.actor());
    }

    private void changed(UUID organisationId, List<UUID> appointmentIds, String action, String actor) {
        Instant now = clock.instant();
        sql.change("""
                WITH changed AS (
                    UPDATE appointment SET version = version + 1, updated_at = ?
                    WHERE organisation_id = ? AND id = ANY (?) RETURNING *)
                INSERT INTO appointment_history
                    (organisation_id, appointment_id, version, at, actor, action, status, staff_id, start_at)
                SELECT organisation_id, id, version, ?, ?, ?, status, staff_id, start_at FROM changed
                """, now, organisationId, appointmentIds.toArray(UUID[]::new), now, actor, action);
        changes.record(ChangeKind.APPOINTMENT, organisationId, appointmentIds);
    }
}
