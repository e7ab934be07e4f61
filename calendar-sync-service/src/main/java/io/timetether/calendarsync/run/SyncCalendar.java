package io.timetether.calendarsync.run;

import io.timetether.calendarsync.jobs.Job;
import io.timetether.calendarsync.jobs.JobKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The job that runs a calendar whenever it is woken or due. */
@ApplicationScoped
class SyncCalendar implements Job {

    private final SyncRunner runner;

    SyncCalendar(SyncRunner runner) {
        this.runner = runner;
    }

    @Override
    public JobKind kind() {
        return JobKind.SYNC_CALENDAR;
    }

    @Override
    public Next run(String instance) {
        return runner.run(UUID.fromString(instance));
    }
}
