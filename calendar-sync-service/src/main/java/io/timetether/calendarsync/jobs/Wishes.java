package io.timetether.calendarsync.jobs;

import io.timetether.calendarsync.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;

/** The table that counts wishes for jobs. */
@ApplicationScoped
class Wishes {

    private final Sql sql;

    Wishes(Sql sql) {
        this.sql = sql;
    }

    void add(JobKind kind, String instance) {
        sql.change("""
                INSERT INTO job_wish (job, instance, wishes) VALUES (?, ?, 1)
                ON CONFLICT (job, instance) DO UPDATE SET wishes = job_wish.wishes + 1
                """, kind.taskName(), instance);
    }

    long count(JobKind kind, String instance) {
        return sql.find(
                        "SELECT wishes FROM job_wish WHERE job = ? AND instance = ?",
                        row -> row.number("wishes"),
                        kind.taskName(),
                        instance)
                .orElse(0L);
    }
}
