package io.timetether.calendarsync.graph;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.timetether.calendarsync.graph.wire.ErrorJson;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One request to Graph, one typed reply. What happens to each attempt is the list in {@link Interceptors#inOrder};
 * {@link Retries} decides whether there is another one.
 */
public final class GraphClient implements AutoCloseable {

    private static final MediaType JSON_TYPE = MediaType.get("application/json; charset=utf-8");
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int RESTING_CONNECTIONS = 64;
    private static final Duration REST = Duration.ofSeconds(20);

    static final ObjectMapper JSON = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE);

    private static final ObjectReader ERRORS = JSON.readerFor(ErrorJson.class);

    private final GraphSettings settings;
    private final Clock clock;
    private final HttpUrl root;
    private final Retries retries;
    private final OkHttpClient http;

    public GraphClient(GraphSettings settings, InFlightSlots slots, RequestWatch watch, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.root = HttpUrl.get(settings.origin().toString())
                .newBuilder()
                .addPathSegment("v1.0")
                .build();
        MailboxRests rests = new MailboxRests(clock);
        this.retries = new Retries(settings.longestWait(), clock);
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .connectTimeout(CONNECT)
                // Shorter than servers keep a resting connection: whoever finds it closed has lost an answer.
                .connectionPool(new ConnectionPool(RESTING_CONNECTIONS, REST.toSeconds(), TimeUnit.SECONDS))
                .readTimeout(settings.timeout())
                .writeTimeout(settings.timeout())
                // Of one attempt, from taking the slot to having the answer: a slot is never held for longer.
                .callTimeout(settings.timeout())
                .followRedirects(false)
                .followSslRedirects(false)
                // Ours are bounded and typed; okhttp's own would repeat a POST behind our back.
                .retryOnConnectionFailure(false);
        Interceptors.inOrder(settings, slots, rests, watch).forEach(builder::addInterceptor);
        this.http = builder.build();
    }

    GraphSettings settings() {
        return settings;
    }

    /** An address under {@code /v1.0}, each segment encoded. */
    HttpUrl.Builder at(String... segments) {
        HttpUrl.Builder builder = root.newBuilder();
        for (String segment : segments) {
            builder.addPathSegment(segment);
        }
        return builder;
    }

    /** A link that Graph gave, unchanged; null when it is no address at all. Followed only on the configured origin. */
    static @Nullable HttpUrl link(String text) {
        return HttpUrl.parse(text);
    }

    /** Sends the request and reads its answer as {@code type}. */
    <T> GraphReply<T> ask(GraphAccess access, GraphRequest request, Class<T> type) {
        return reply(access, request, body -> JSON.readerFor(type).readValue(body));
    }

    /** Sends a request whose answer is of no interest. */
    GraphReply<GraphReply.Done> tell(GraphAccess access, GraphRequest request) {
        return reply(access, request, body -> GraphReply.Done.DONE);
    }

    private <T> GraphReply<T> reply(GraphAccess access, GraphRequest request, Reading<T> reading) {
        Request built = built(access, request);
        try (Response response =
                retries.execute(request, () -> http.newCall(built).execute())) {
            byte[] body = response.body().bytes();
            if (!response.isSuccessful()) {
                Duration pause = RetryAfter.of(response, clock).orElse(null);
                return new GraphReply.Failed<>(ProblemReading.of(response.code(), body, pause, ERRORS));
            }
            T value = reading.of(body);
            return value == null ? unreadable() : new GraphReply.Ok<>(value);
        } catch (Refusal refusal) {
            return new GraphReply.Failed<>(refusal.problem());
        } catch (IOException broken) {
            return new GraphReply.Failed<>(
                    new GraphProblem.Unavailable(broken.getClass().getSimpleName() + ": " + broken.getMessage()));
        }
    }

    private static <T> GraphReply<T> unreadable() {
        return new GraphReply.Failed<>(new GraphProblem.Unavailable("Graph's answer says nothing"));
    }

    private Request built(GraphAccess access, GraphRequest request) {
        Request.Builder builder = new Request.Builder()
                .url(request.url())
                .tag(GraphAccess.class, access)
                .tag(GraphRequest.class, request)
                .method(
                        request.method(),
                        request.body() == null
                                ? null
                                : RequestBody.create(request.body().toString(), JSON_TYPE));
        if (request.ifMatch() != null) {
            builder.header("If-Match", request.ifMatch());
        }
        return builder.build();
    }

    /** Ends pauses and lets go of idle connections. */
    @Override
    public void close() {
        retries.close();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    /** Reads the answer of a success. */
    private interface Reading<T> {
        @Nullable
        T of(byte[] body) throws IOException;
    }
}
