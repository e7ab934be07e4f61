package io.timetether.scheduling.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Orders all writers of a staff member's time: bookings, moves, imports, time off. Held until the transaction ends.
 * It must be a statement of its own, before the facts are read: a lock taken inside the statement that reads does not
 * refresh that statement's snapshot. Several are taken in the order of their ids, so that nobody waits in a circle.
 */
@ApplicationScoped
public class StaffLock {

    private static final int ATTEMPT_SPACE = 0x7474;

    private final Sql sql;

    StaffLock(Sql sql) {
        this.sql = sql;
    }

    /** Waits until this transaction alone may write the time of these staff members. */
    public void take(Collection<UUID> staffIds) {
        for (UUID staffId : staffIds.stream().distinct().sorted().toList()) {
            sql.get("SELECT pg_advisory_xact_lock(hashtextextended(?, 0)) IS NULL AS taken", row -> true, key(staffId));
        }
    }

    /** As {@link #take}, for one staff member, but returns false instead of waiting. */
    public boolean tryTake(UUID staffId) {
        return sql.get(
                "SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0)) AS taken",
                row -> row.flag("taken"),
                key(staffId));
    }

    /**
     * As {@link #take}, for one staff member and one attempt, in one statement. False, and nothing taken, if another
     * transaction runs the same attempt.
     */
    public boolean takeFor(String attempt, UUID staffId) {
        return sql.find("""
                        SELECT CASE WHEN pg_try_advisory_xact_lock(?, hashtext(?))
                                    THEN pg_advisory_xact_lock(hashtextextended(?, 0)) IS NULL END AS taken
                        """, row -> row.flagOrNull("taken") != null, ATTEMPT_SPACE, attempt, key(staffId))
                .orElse(false);
    }

    /**
     * As {@link #takeFor}, for several at once, but never waits: false for each whose staff member or whose attempt is
     * another transaction's.
     */
    public List<Boolean> tryTakeEach(List<String> attempts, List<UUID> staffIds) {
        return sql.list(
                """
                SELECT CASE WHEN pg_try_advisory_xact_lock(?, hashtext(t.attempt))
                            THEN pg_try_advisory_xact_lock(hashtextextended(t.staff, 0)) ELSE false END AS taken
                FROM unnest(?, ?) WITH ORDINALITY AS t (attempt, staff, place) ORDER BY t.place
                """,
                row -> row.flag("taken"),
                ATTEMPT_SPACE,
                attempts.toArray(String[]::new),
                staffIds.stream().map(StaffLock::key).toArray(String[]::new));
    }

    /**
     * Orders all who write appointments of a service that has a maximum for all staff members together. Always after the
     * staff members' locks.
     */
    public void takeService(UUID serviceId) {
        sql.get(
                "SELECT pg_advisory_xact_lock(hashtextextended(?, 0)) IS NULL AS taken",
                row -> true,
                "service:" + serviceId);
    }

    /** Marks an attempt (by any text that identifies it) as running; false if another transaction runs the same one. */
    public boolean tryAttempt(String attempt) {
        return sql.get(
                "SELECT pg_try_advisory_xact_lock(?, hashtext(?)) AS taken",
                row -> row.flag("taken"),
                ATTEMPT_SPACE,
                attempt);
    }

    private static String key(UUID staffId) {
        return "staff:" + staffId;
    }
}
