package io.timetether.office365.graph;

import io.timetether.office365.entra.Directory;
import io.timetether.office365.entra.Directory.Grant;
import io.timetether.office365.mailbox.Calendaring;
import io.timetether.office365.mailbox.Mailbox;
import io.timetether.office365.mailbox.Mailboxes;
import io.timetether.office365.mailbox.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Graph v1.0: who calls, for which mailbox, within which limits; then the route's answer. */
final class GraphApi {

    private final Directory directory;
    private final Mailboxes mailboxes;
    private final Clock clock;
    private final Duration delay;
    private final String origin;
    private final InFlight inFlight = new InFlight();
    private final Routes routes = new Routes();

    GraphApi(Directory directory, Mailboxes mailboxes, Clock clock, Duration delay, String origin) {
        this.directory = directory;
        this.mailboxes = mailboxes;
        this.clock = clock;
        this.delay = delay;
        this.origin = origin;
        CalendarEndpoints calendars = new CalendarEndpoints(mailboxes);
        calendars.register(routes);
        new DeltaEndpoint(mailboxes, calendars).register(routes);
        new EventEndpoints(mailboxes, Calendaring.forGraph(mailboxes, clock), calendars).register(routes);
    }

    /** What a bearer token allows, or nothing. */
    Optional<Grant> authenticate(GraphRequest request) {
        String header = request.header("Authorization");
        return header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? Optional.empty()
                : directory.verify(header.substring(7).trim());
    }

    GraphReply unauthenticated(GraphRequest request) {
        boolean missing = request.header("Authorization") == null;
        return GraphReply.error(
                        401,
                        "InvalidAuthenticationToken",
                        missing ? "Access token is empty." : "Lifetime validation failed, the token is expired.",
                        clock.instant())
                .with(
                        "WWW-Authenticate",
                        "Bearer realm=\"\", authorization_uri=\"" + origin + "/common/oauth2/authorize\"");
    }

    /** Answers a request about a person's data; the answer takes its place in the mailbox's limit until it is complete. */
    CompletableFuture<GraphReply> answer(GraphRequest request, Grant grant) {
        String place = grant.personId() + " " + grant.clientId();
        if (!inFlight.enter(place)) {
            return CompletableFuture.completedFuture(GraphReply.error(
                            429,
                            "ApplicationThrottled",
                            "Application is over its MailboxConcurrency limit.",
                            clock.instant())
                    .with("Retry-After", "1"));
        }
        CompletableFuture<GraphReply> reply = delay.isZero()
                ? CompletableFuture.completedFuture(now(request, grant))
                : CompletableFuture.supplyAsync(() -> now(request, grant), later());
        return reply.whenComplete((answer, failure) -> inFlight.leave(place));
    }

    private Executor later() {
        return CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private GraphReply now(GraphRequest request, Grant grant) {
        try {
            Mailbox own = mailboxes
                    .find(grant.personId())
                    .orElseThrow(() -> new Refusal(
                            404, "MailboxNotEnabledForRESTAPI", "REST API is not yet supported for this mailbox."));
            return routed(request, grant, own);
        } catch (Refusal refusal) {
            return GraphReply.refused(refusal, clock.instant());
        }
    }

    private GraphReply routed(GraphRequest request, Grant grant, Mailbox own) {
        List<String> segments = request.segments();
        List<String> below = below(segments, own);
        Routes.Match match = below == null ? null : routes.find(request.method(), below);
        if (match == null) {
            throw below != null && routes.knowsPath(below)
                    ? new Refusal(405, "MethodNotAllowed", "The request's method is not allowed for this resource.")
                    : new Refusal(
                            400,
                            "BadRequest",
                            "Resource not found for the segment '" + (segments.isEmpty() ? "" : segments.getLast())
                                    + "'.");
        }
        boolean allowed = match.route().scopes().isEmpty()
                || match.route().scopes().stream().anyMatch(grant.scopes()::contains);
        if (!allowed) {
            throw Refusal.accessDenied();
        }
        Preferences prefer = Preferences.of(request.header("Prefer"));
        Call call = new Call(request, grant, own, prefer, match.arguments(), origin);
        return prefer.echo(match.route().answer().to(call));
    }

    /** The path below the person; null when it names nobody. */
    private @Nullable List<String> below(List<String> segments, Mailbox own) {
        if (!segments.isEmpty() && segments.getFirst().equalsIgnoreCase("me")) {
            return segments.subList(1, segments.size());
        }
        if (segments.size() < 2 || !segments.getFirst().equalsIgnoreCase("users")) {
            return null;
        }
        Mailbox named = mailboxes
                .find(segments.get(1))
                .orElseThrow(() -> new Refusal(
                        404, "ErrorInvalidUser", "The requested user '" + segments.get(1) + "' is invalid."));
        if (!named.id().equals(own.id())) {
            throw Refusal.accessDenied();
        }
        return segments.subList(2, segments.size());
    }
}
