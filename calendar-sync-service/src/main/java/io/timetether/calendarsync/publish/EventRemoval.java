package io.timetether.calendarsync.publish;

import io.timetether.calendarsync.account.MicrosoftAccounts;
import io.timetether.calendarsync.account.RemoteCalendar;
import io.timetether.calendarsync.account.RemoteCalendars;
import io.timetether.calendarsync.graph.GraphAccess;
import io.timetether.calendarsync.graph.GraphProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Takes away every event of a feed that shall go. */
@ApplicationScoped
public class EventRemoval {

    private static final int BATCH = 50;
    private static final Duration LATER = Duration.ofSeconds(10);

    private final RemoteCalendars calendars;
    private final MicrosoftAccounts accounts;
    private final PublishedEvents published;
    private final EventWriting writing;
    private final Hands hands;

    EventRemoval(
            RemoteCalendars calendars,
            MicrosoftAccounts accounts,
            PublishedEvents published,
            EventWriting writing,
            Hands hands) {
        this.calendars = calendars;
        this.accounts = accounts;
        this.published = published;
        this.writing = writing;
        this.hands = hands;
    }

    /** How far it came. */
    public sealed interface Outcome {

        record Done() implements Outcome {}

        record Later(Duration pause) implements Outcome {}

        /** The account no longer lets us in; what remains stays in the mapping. */
        record NoAuthorisation() implements Outcome {}
    }

    /** Removes until nothing is left, or Microsoft says no. */
    public Outcome remove(UUID feedId, UUID calendarId, GraphAccess access) {
        RemoteCalendar calendar = calendars.get(calendarId);
        List<PublishedEvent> batch = published.listRemovals(feedId, BATCH);
        while (!batch.isEmpty()) {
            List<Outcome> stops = hands.untilStopped(
                    calendar.accountId(),
                    batch,
                    event -> writing.removeStrays(access, calendar.graphId(), event)
                            .or(() -> writing.remove(access, calendar.graphId(), event))
                            .map(problem -> outcome(calendar, event, problem)));
            if (!stops.isEmpty()) {
                return worst(stops);
            }
            batch = published.listRemovals(feedId, BATCH);
        }
        return new Outcome.Done();
    }

    private static Outcome worst(List<Outcome> stops) {
        Duration longest = Duration.ZERO;
        for (Outcome stop : stops) {
            switch (stop) {
                case Outcome.Done done -> {}
                case Outcome.NoAuthorisation none -> {
                    return none;
                }
                case Outcome.Later(Duration pause) -> longest = pause.compareTo(longest) > 0 ? pause : longest;
            }
        }
        return new Outcome.Later(longest);
    }

    private Outcome outcome(RemoteCalendar calendar, PublishedEvent event, GraphProblem problem) {
        return switch (problem) {
            case GraphProblem.Throttled(Duration retryAfter) -> {
                accounts.pause(calendar.accountId(), retryAfter);
                yield new Outcome.Later(retryAfter);
            }
            case GraphProblem.Unauthorized gone -> new Outcome.NoAuthorisation();
            case GraphProblem.Forbidden withdrawn -> new Outcome.NoAuthorisation();
            case GraphProblem.MailboxUnavailable gone -> new Outcome.NoAuthorisation();
            case GraphProblem.Rejected refused -> {
                published.refused(event, refused.code());
                yield new Outcome.Later(Duration.ofMillis(1));
            }
            case GraphProblem.NotFound gone -> {
                published.removed(event);
                yield new Outcome.Later(Duration.ofMillis(1));
            }
            case GraphProblem.Unavailable away -> new Outcome.Later(LATER);
            case GraphProblem.Misconfigured wrong -> new Outcome.Later(LATER);
            case GraphProblem.PreconditionFailed busy -> new Outcome.Later(LATER);
            case GraphProblem.DuplicateTransaction odd -> new Outcome.Later(LATER);
            case GraphProblem.AlreadyExists odd -> new Outcome.Later(LATER);
            case GraphProblem.QuotaExceeded odd -> new Outcome.Later(LATER);
            case GraphProblem.SyncStateExpired odd -> new Outcome.Later(LATER);
        };
    }
}
