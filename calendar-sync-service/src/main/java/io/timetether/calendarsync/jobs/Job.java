package io.timetether.calendarsync.jobs;

import java.time.Instant;

/**
 * Work that is leased: one instance runs at a time, over all instances of the service. It may run again after a crash, so it
 * must be idempotent, and a lease can expire under a living runner, so what it writes must be fenced.
 */
public interface Job {

    JobKind kind();

    /**
     * Does the work.
     *
     * @return when to come back; a wish that arrived meanwhile comes first
     */
    Next run(String instance);

    /** When a job runs again. */
    sealed interface Next {

        record At(Instant at) implements Next {}

        /** Not before somebody wakes it. */
        record WhenWoken() implements Next {}
    }
}
