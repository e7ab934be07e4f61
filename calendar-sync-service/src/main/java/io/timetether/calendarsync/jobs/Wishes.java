package io.timetether.calendarsync.jobs;

import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The table that counts wishes for jobs. */
@ApplicationScoped
class Wishes {

    private final Jdbi jdbi;

    Wishes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void add(Handle handle, JobKind kind, String instance) {
        handle.createUpdate("""
                        INSERT INTO job_wish (job, instance, wishes) VALUES (:job, :instance, 1)
                        ON CONFLICT (job, instance) DO UPDATE SET wishes = job_wish.wishes + 1
                        """)
                .bind("job", kind.taskName())
                .bind("instance", instance)
                .execute();
    }

    void add(JobKind kind, String instance) {
        jdbi.useHandle(handle -> add(handle, kind, instance));
    }

    long count(JobKind kind, String instance) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT wishes FROM job_wish WHERE job = :job AND instance = :instance")
                        .bind("job", kind.taskName())
                        .bind("instance", instance)
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L));
    }
}
