package io.timetether.calendarsync.publish;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.timetether.calendarsync.feed.Feed;
import io.timetether.calendarsync.feed.WritingFeeds;
import io.timetether.calendarsync.scheduling.Answer;
import io.timetether.calendarsync.scheduling.AppointmentState;
import io.timetether.calendarsync.scheduling.SchedulingApi;
import io.timetether.calendarsync.scheduling.SchedulingClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at all appointments of a feed's staff member: those that exist already, and those whose look has changed. */
@ApplicationScoped
class Snapshots {

    private final WritingFeeds feeds;
    private final PublishedEvents published;
    private final RemainingEvents remaining;
    private final SchedulingClient scheduling;
    private final Clock clock;

    Snapshots(
            WritingFeeds feeds,
            PublishedEvents published,
            RemainingEvents remaining,
            SchedulingClient scheduling,
            Clock clock) {
        this.feeds = feeds;
        this.published = published;
        this.remaining = remaining;
        this.scheduling = scheduling;
        this.clock = clock;
    }

    /** Meets the wishes that are open; false: scheduling-service does not answer, and the wishes stay open. */
    boolean take(Feed feed) {
        Optional<Long> wishes = feeds.snapshotWished(feed.id());
        if (wishes.isEmpty()) {
            return true;
        }
        // Those that are shown already are looked at again too: they may be cancelled or have moved to somebody else.
        published.wantAll(feed.id());
        if (feed.writing()) {
            if (!wantEach(feed)) {
                return false;
            }
            // Last: an appointment that stands in the calendar gets an event of this feed, whatever becomes of the old
            // one.
            remaining.adopt(feed.id());
        }
        feeds.snapshotTaken(feed.id(), wishes.get());
        return true;
    }

    private boolean wantEach(Feed feed) {
        String after = null;
        do {
            Answer<SchedulingApi.AppointmentPage> answer =
                    scheduling.appointments(feed.organisationId(), feed.staffId(), clock.instant(), after);
            if (!(answer instanceof Answer.Known<SchedulingApi.AppointmentPage>(SchedulingApi.AppointmentPage page))) {
                // Missing: the staff member has been erased, so there is nothing to write.
                return answer instanceof Answer.Missing;
            }
            want(feed, page.items());
            after = next(page);
        } while (after != null);
        return true;
    }

    private static @Nullable String next(SchedulingApi.AppointmentPage page) {
        return page.next();
    }

    private void want(Feed feed, List<AppointmentState> appointments) {
        QuarkusTransaction.requiringNew().run(() -> {
            for (AppointmentState appointment : appointments) {
                if (WhatIsWritten.shows(feed, appointment)) {
                    published.wantIn(
                            feed.organisationId(), appointment.id(), feed.id(), PublishedEvents.Urgency.IN_TURN);
                }
            }
        });
    }
}
