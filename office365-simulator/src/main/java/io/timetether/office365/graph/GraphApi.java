package io.timetether.office365.graph;

import io.timetether.office365.entra.Directory;
import io.timetether.office365.entra.Directory.Grant;
import io.timetether.office365.fault.Faults;
import io.timetether.office365.mailbox.Calendaring;
import io.timetether.office365.mailbox.Mailbox;
import io.timetether.office365.mailbox.Mailboxes;
import io.timetether.office365.mailbox.Refusal;
import io.timetether.office365.notification.Subscriptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
    private final Troubles troubles;
    private final InFlight inFlight = new InFlight();
    private final Routes routes = new Routes();

    private final SubscriptionEndpoints subscriptions;
    private final BatchEndpoint batch;

    GraphApi(
            Directory directory,
            Mailboxes mailboxes,
            Subscriptions subscriptions,
            Faults faults,
            Clock clock,
            Duration delay,
            String origin) {
        troubles = new Troubles(faults, clock, origin);
        this.subscriptions = new SubscriptionEndpoints(subscriptions, mailboxes, origin);
        batch = new BatchEndpoint(this::answer, clock);
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

    /** Answers any request. */
    CompletableFuture<GraphReply> answer(GraphRequest request) {
        try {
            Optional<Grant> grant = authenticate(request);
            if (grant.isEmpty()) {
                return CompletableFuture.completedFuture(unauthenticated(request));
            }
            List<String> segments = request.segments();
            String first = segments.isEmpty() ? "" : segments.getFirst().toLowerCase(Locale.ROOT);
            if (first.equals("$batch") && request.method().equals("POST")) {
                return troubles.orLater(request, grant.get(), () -> batch.answer(request));
            }
            if (first.equals("subscriptions")) {
                return CompletableFuture.completedFuture(troubles.or(
                        request,
                        grant.get(),
                        () -> this.subscriptions.answer(
                                request, grant.get(), mailboxOf(grant.get()), segments.subList(1, segments.size()))));
            }
            return withinLimit(request, grant.get());
        } catch (Refusal refusal) {
            return CompletableFuture.completedFuture(GraphReply.refused(refusal, clock.instant()));
        }
    }

    /** What a bearer token allows, or nothing. */
    Optional<Grant> authenticate(GraphRequest request) {
        String header = request.header("Authorization");
        return header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? Optional.empty()
                : directory.verify(header.substring(7).trim());
    }

    private GraphReply unauthenticated(GraphRequest request) {
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

    /** A request about a person's data takes a place in the mailbox's limit until its answer is complete. */
    private CompletableFuture<GraphReply> withinLimit(GraphRequest request, Grant grant) {
        String place = place(grant);
        int taken = inFlight.enter(place);
        if (taken == 0) {
            return CompletableFuture.completedFuture(GraphReply.error(
                            429,
                            "ApplicationThrottled",
                            "Application is over its MailboxConcurrency limit.",
                            clock.instant())
                    .with("Retry-After", "1")
                    .taking(InFlight.LIMIT + 1));
        }
        Duration late = delay.plus(troubles.delay(request, grant));
        CompletableFuture<GraphReply> reply = late.isZero()
                ? CompletableFuture.completedFuture(now(request, grant))
                : CompletableFuture.supplyAsync(() -> now(request, grant), after(late));
        return reply.whenComplete((answer, failure) -> inFlight.leave(place)).thenApply(answer -> answer.taking(taken));
    }

    private static Executor after(Duration late) {
        return CompletableFuture.delayedExecutor(late.toMillis(), TimeUnit.MILLISECONDS);
    }

    private GraphReply now(GraphRequest request, Grant grant) {
        try {
            return troubles.or(request, grant, () -> routed(request, grant, mailboxOf(grant)));
        } catch (Refusal refusal) {
            return GraphReply.refused(refusal, clock.instant());
        }
    }

    private Mailbox mailboxOf(Grant grant) {
        return mailboxes
                .find(grant.personId())
                .orElseThrow(() -> new Refusal(
                        404, "MailboxNotEnabledForRESTAPI", "REST API is not yet supported for this mailbox."));
    }

    private static String place(Grant grant) {
        return grant.personId() + " " + grant.clientId();
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
