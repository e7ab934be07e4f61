package io.timetether.calendarsync.graph;

import io.timetether.calendarsync.identity.TokenDemand;
import io.timetether.calendarsync.identity.TokenOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** What happens to a request on its way to Graph, in this order: see {@link #inOrder}. */
final class Interceptors {
    private Interceptors() {}

    /** The visible list, for each attempt of a request. */
    static List<Interceptor> inOrder(
            GraphSettings settings, InFlightSlots slots, MailboxRests rests, RequestWatch watch) {
        return List.of(
                stayAtOrigin(Objects.requireNonNull(HttpUrl.get(settings.origin()))),
                sayWhatWePrefer(),
                signIn(),
                takeSlot(slots),
                letRest(rests),
                measure(watch),
                limitBody(settings.maxBytes()));
    }

    /** A link that leads elsewhere is refused before a token is attached to it. */
    static Interceptor stayAtOrigin(HttpUrl origin) {
        return chain -> {
            HttpUrl url = chain.request().url();
            if (!isAt(origin, url)) {
                throw new Refusal(new GraphProblem.Rejected(
                        0, "ForeignLink", "A link led to " + url.host() + " instead of " + origin.host()));
            }
            return chain.proceed(chain.request());
        };
    }

    private static boolean isAt(HttpUrl origin, HttpUrl url) {
        return url.scheme().equals(origin.scheme())
                && url.host().equals(origin.host())
                && url.port() == origin.port()
                && url.username().isEmpty()
                && url.password().isEmpty();
    }

    /**
     * Ids that survive a move, and times in UTC, on every single request: links do not remember headers (docs/graph-notes.md).
     * One header with commas: okhttp's header() replaces what an earlier one said.
     */
    static Interceptor sayWhatWePrefer() {
        return chain -> {
            Request request = chain.request();
            StringBuilder prefer = new StringBuilder("IdType=\"ImmutableId\", outlook.timezone=\"UTC\"");
            GraphRequest asked = request.tag(GraphRequest.class);
            if (asked != null) {
                asked.prefer().forEach(more -> prefer.append(", ").append(more));
            }
            return chain.proceed(request.newBuilder()
                    .header("Prefer", prefer.toString())
                    .header("Accept", "application/json")
                    .header("client-request-id", UUID.randomUUID().toString())
                    .header("return-client-request-id", "true")
                    .build());
        };
    }

    /** Attaches a token; refused, it asks once for another one, with the claims that Graph wants if it named some. */
    static Interceptor signIn() {
        return chain -> {
            GraphAccess access = Objects.requireNonNull(chain.request().tag(GraphAccess.class));
            String token = granted(access.tokens().apply(new TokenDemand.Usual()));
            Response response = chain.proceed(authorized(chain.request(), token));
            if (response.code() != 401) {
                return response;
            }
            Optional<String> claims = ClaimsChallenge.of(response.headers("WWW-Authenticate"));
            response.close();
            TokenDemand demand = claims.<TokenDemand>map(wanted -> new TokenDemand.WithClaims(token, wanted))
                    .orElseGet(() -> new TokenDemand.AfterRejection(token));
            String another = granted(access.tokens().apply(demand));
            Response second = chain.proceed(authorized(chain.request(), another));
            if (second.code() == 401) {
                String still =
                        ClaimsChallenge.of(second.headers("WWW-Authenticate")).orElse(null);
                second.close();
                throw new Refusal(new GraphProblem.Unauthorized(
                        "Office 365 refuses the authorisation, even a fresh one. Please sign in again.", still));
            }
            return second;
        };
    }

    private static Request authorized(Request request, String token) {
        return request.newBuilder().header("Authorization", "Bearer " + token).build();
    }

    private static String granted(TokenOutcome outcome) throws Refusal {
        return switch (outcome) {
            case TokenOutcome.Granted granted -> granted.accessToken();
            case TokenOutcome.ReconnectNeeded needed ->
                throw new Refusal(new GraphProblem.Unauthorized(needed.reason(), needed.claims()));
            case TokenOutcome.Unavailable later -> throw new Refusal(new GraphProblem.Unavailable(later.cause()));
            case TokenOutcome.Misconfigured wrong -> throw new Refusal(new GraphProblem.Misconfigured(wrong.detail()));
        };
    }

    /** Holds one of the mailbox's slots from sending the request to having its answer whole. */
    static Interceptor takeSlot(InFlightSlots slots) {
        return chain -> {
            GraphAccess access = Objects.requireNonNull(chain.request().tag(GraphAccess.class));
            Optional<InFlightSlots.Lease> lease = slots.acquire(access.accountId(), access.lane());
            if (lease.isEmpty()) {
                throw new Refusal(new GraphProblem.Throttled(Duration.ofSeconds(1)));
            }
            try (InFlightSlots.Lease held = lease.get()) {
                return chain.proceed(chain.request());
            }
        };
    }

    /**
     * Last of all before it is sent, since the pause may have been asked for while it waited for its slot; and noted while
     * the slot is still held, so that whoever gets it next knows.
     */
    static Interceptor letRest(MailboxRests rests) {
        return chain -> {
            UUID mailbox = Objects.requireNonNull(chain.request().tag(GraphAccess.class))
                    .accountId();
            rests.check(mailbox);
            Response response = chain.proceed(chain.request());
            Retries.wanted(response, rests.clock()).ifPresent(pause -> rests.note(mailbox, pause));
            return response;
        };
    }

    /** Tells what became of the attempt, and how long it took; waiting for the slot is not in it. */
    static Interceptor measure(RequestWatch watch) {
        return chain -> {
            long began = System.nanoTime();
            RequestWatch.Outcome outcome = RequestWatch.Outcome.LOST;
            try {
                Response response = chain.proceed(chain.request());
                outcome = RequestWatch.Outcome.of(response.code());
                return response;
            } finally {
                watch.ended(chain.request().method(), outcome, Duration.ofNanos(System.nanoTime() - began));
            }
        };
    }

    /** Reads the answer here, while the slot is held; the call's timeout bounds a trickle. */
    static Interceptor limitBody(long maxBytes) {
        return chain -> {
            try (Response response = chain.proceed(chain.request())) {
                byte[] bytes = read(response.body(), maxBytes);
                return response.newBuilder()
                        .body(ResponseBody.create(bytes, response.body().contentType()))
                        .build();
            }
        };
    }

    private static byte[] read(ResponseBody body, long maxBytes) throws IOException {
        var whole = new ByteArrayOutputStream();
        byte[] piece = new byte[64 * 1024];
        try (InputStream in = body.byteStream()) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                whole.write(piece, 0, count);
                if (whole.size() > maxBytes) {
                    throw new Refusal(new GraphProblem.Rejected(
                            0, "AnswerTooLarge", "Graph's answer is larger than " + maxBytes + " bytes"));
                }
            }
        }
        return whole.toByteArray();
    }
}
