package io.timetether.scheduling.changes;

import io.timetether.scheduling.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Tells one history of the change log from another: our installation's id, PostgreSQL's system identifier (another one
 * after a dump was restored elsewhere) and its timeline (another one after a backup was rolled forward or a standby
 * promoted, where the last changes may be missing). A cursor of another epoch answers 410.
 */
@ApplicationScoped
class Epoch {

    /** Where the log stands now. */
    record Head(String epoch, long position, long compactedUntil) {}

    private final Sql sql;

    Epoch(Sql sql) {
        this.sql = sql;
    }

    Head head() {
        return sql.get("""
                SELECT replace(installation.id::text, '-', '')
                           || to_hex((SELECT system_identifier FROM pg_control_system()))
                           || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) AS epoch,
                       change_head.position, change_head.compacted_until
                FROM installation, change_head
                """, row -> new Head(row.text("epoch"), row.number("position"), row.number("compacted_until")));
    }
}
