package io.timetether.calendarsync.run;

import io.timetether.calendarsync.account.RemoteCalendar;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.jobs.Jobs;
import io.timetether.calendarsync.plan.RemoteEvent;
import io.timetether.calendarsync.plan.RoundEvidence;
import io.timetether.calendarsync.publish.EditedEvents;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What a run sees of our own events: those that somebody changed or deleted are noted before the cursor is saved, and
 * their feeds' publishers answer. Noting one twice does no harm, so it needs no fence.
 */
@ApplicationScoped
class EditsSeen {

    private final EditedEvents edited;
    private final Jobs jobs;

    EditsSeen(EditedEvents edited, Jobs jobs) {
        this.edited = edited;
        this.jobs = jobs;
    }

    void look(RemoteCalendar run, List<RemoteEvent> page) {
        wake(edited.noteChanged(run.id(), page));
    }

    void look(RemoteCalendar run, RoundEvidence evidence) {
        wake(
                switch (evidence) {
                    case RoundEvidence.Changes changes -> edited.noteGone(run.id(), changes.removed());
                    case RoundEvidence.FullRead full -> edited.noteMissing(run.id(), full.window(), full.seen());
                });
    }

    private void wake(Set<UUID> feeds) {
        feeds.forEach(feed -> jobs.wake(JobKind.PUBLISH_FEED, feed));
    }
}
