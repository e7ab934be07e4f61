package io.timetether.calendarsync.publish;

import io.timetether.calendarsync.account.MicrosoftAccounts;
import io.timetether.calendarsync.account.RemoteCalendar;
import io.timetether.calendarsync.connection.CalendarAccess;
import io.timetether.calendarsync.connection.Trouble;
import io.timetether.calendarsync.feed.Feed;
import io.timetether.calendarsync.feed.WritingFeeds;
import io.timetether.calendarsync.graph.GraphProblem;
import io.timetether.calendarsync.jobs.Job.Next;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What becomes of an event that could not be written: whether it waits alone, or the whole feed rests. */
@ApplicationScoped
class WritingProblems {

    static final Duration LATER = Duration.ofSeconds(2);
    static final Duration MUCH_LATER = Duration.ofMinutes(10);

    private static final Logger LOG = Logger.getLogger(WritingProblems.class);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_DOUBLINGS = 9;

    private final MicrosoftAccounts accounts;
    private final CalendarAccess access;
    private final PublishedEvents published;
    private final WritingFeeds feeds;
    private final Clock clock;

    WritingProblems(
            MicrosoftAccounts accounts,
            CalendarAccess access,
            PublishedEvents published,
            WritingFeeds feeds,
            Clock clock) {
        this.accounts = accounts;
        this.access = access;
        this.published = published;
        this.feeds = feeds;
        this.clock = clock;
    }

    /** Records the problem; with an answer the feed rests until then, without one its other events go on. */
    Optional<Next> note(Feed feed, RemoteCalendar calendar, PublishedEvent event, GraphProblem problem) {
        LOG.infof("feed %s: appointment %s could not be written: %s", feed.id(), event.appointmentId(), problem);
        return switch (problem) {
            case GraphProblem.Throttled(Duration retryAfter) -> {
                accounts.pause(calendar.accountId(), retryAfter);
                yield rest(retryAfter);
            }
            case GraphProblem.Unauthorized(String reason, var claims) -> {
                access.lost(feed.connectionId(), reason, claims);
                yield Optional.of(new Next.WhenWoken());
            }
            case GraphProblem.Forbidden forbidden -> blocked(feed, event, Trouble.NOT_WRITABLE);
            case GraphProblem.QuotaExceeded full -> blocked(feed, event, Trouble.MAILBOX_FULL);
            case GraphProblem.MailboxUnavailable unavailable -> blocked(feed, event, Trouble.MAILBOX_UNAVAILABLE);
            case GraphProblem.Misconfigured wrong -> rest(MUCH_LATER);
            case GraphProblem.Rejected refused -> {
                published.refused(event, refused.code());
                yield Optional.empty();
            }
            // The calendar, not the event: reading it will find out what has become of it.
            case GraphProblem.NotFound gone -> postponed(event, gone.code());
            case GraphProblem.Unavailable(String cause) -> {
                published.postponed(event, cause, pause(event));
                yield rest(LATER);
            }
            case GraphProblem.PreconditionFailed busy -> postponed(event, busy.code());
            case GraphProblem.DuplicateTransaction again -> {
                // Neither its own event nor one with its mark is there: begin anew with another transactionId.
                published.vanished(event);
                yield postponed(event, "duplicate transaction");
            }
            case GraphProblem.AlreadyExists odd -> postponed(event, odd.message());
            case GraphProblem.SyncStateExpired odd -> postponed(event, odd.code());
        };
    }

    private Optional<Next> blocked(Feed feed, PublishedEvent event, Trouble trouble) {
        feeds.publishProblem(feed.id(), trouble.sentence() + " " + trouble.remedy());
        published.postponed(event, trouble.code(), MUCH_LATER);
        return rest(MUCH_LATER);
    }

    private Optional<Next> postponed(PublishedEvent event, String cause) {
        published.postponed(event, cause, pause(event));
        return Optional.empty();
    }

    private static Duration pause(PublishedEvent event) {
        Duration pause = LATER.multipliedBy(1L << Math.min(MOST_DOUBLINGS, event.attempts()));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    private Optional<Next> rest(Duration time) {
        return Optional.of(new Next.At(clock.instant().plus(time)));
    }
}
