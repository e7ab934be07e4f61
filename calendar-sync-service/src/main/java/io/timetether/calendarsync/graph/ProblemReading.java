package io.timetether.calendarsync.graph;

import com.fasterxml.jackson.databind.ObjectReader;
import io.timetether.calendarsync.graph.wire.ErrorJson;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From an answer that is not a success to its problem (the table of docs/graph-notes.md). Codes compare in any case. */
final class ProblemReading {

    private static final Set<String> SYNC_STATE =
            Set.of("syncstatenotfound", "syncstateinvalid", "resyncrequired", "syncstateexpired");
    private static final Set<String> NO_MAILBOX = Set.of(
            "mailboxnotenabledforrestapi",
            "mailboxnotsupportedforrestapi",
            "mailboxnothostedinexchangeonline",
            // The same situation flips between this code and the first one.
            "resourcenotfound");
    private static final Set<String> BUSY = Set.of(
            "applicationthrottled",
            "toomanyrequests",
            "errorserverbusy",
            "activitylimitreached",
            "errortoomanyobjectsopened");
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int LONGEST_MESSAGE = 500;

    private ProblemReading() {}

    /**
     * @param retryAfter what the answer asked for, or null
     */
    static GraphProblem of(int status, byte[] body, @Nullable Duration retryAfter, ObjectReader errors) {
        ErrorJson.Detail detail = detail(body, errors);
        List<String> codes = detail == null
                ? List.of()
                : detail.codes().stream()
                        .map(code -> code.toLowerCase(Locale.ROOT))
                        .toList();
        String code = detail == null || detail.codes().isEmpty()
                ? String.valueOf(status)
                : detail.codes().getFirst();
        String message = detail == null || detail.message() == null ? "HTTP " + status : shortened(detail.message());
        if (status == 429 || status == 509 || any(codes, BUSY)) {
            return new GraphProblem.Throttled(retryAfter == null ? PAUSE : retryAfter);
        }
        if (status >= 400 && status < 500 && any(codes, SYNC_STATE) || status == 410) {
            return new GraphProblem.SyncStateExpired(code);
        }
        if (any(codes, NO_MAILBOX)) {
            return new GraphProblem.MailboxUnavailable(code);
        }
        if (codes.contains("errorquotaexceeded") || status == 507) {
            return new GraphProblem.QuotaExceeded(message);
        }
        if (codes.contains("errorduplicatetransactionid")) {
            return new GraphProblem.DuplicateTransaction(message);
        }
        if (codes.contains("errorinvalididmalformed")) {
            return new GraphProblem.NotFound(code, message);
        }
        return switch (status) {
            case 401 -> new GraphProblem.Unauthorized(message, null);
            case 403 -> new GraphProblem.Forbidden(code, message);
            case 404 -> new GraphProblem.NotFound(code, message);
            case 409 ->
                codes.contains("errorirresolvableconflict")
                        ? new GraphProblem.PreconditionFailed(code)
                        : new GraphProblem.AlreadyExists(message);
            case 412 -> new GraphProblem.PreconditionFailed(code);
            default ->
                status >= 500 || status == 408
                        ? faultOnTheirSide(status, code, retryAfter)
                        : new GraphProblem.Rejected(status, code, message);
        };
    }

    private static GraphProblem faultOnTheirSide(int status, String code, @Nullable Duration retryAfter) {
        return retryAfter != null
                ? new GraphProblem.Throttled(retryAfter)
                : new GraphProblem.Unavailable("Graph answered " + status + " " + code);
    }

    private static boolean any(List<String> codes, Set<String> of) {
        return codes.stream().anyMatch(of::contains);
    }

    /** Gateways in between answer HTML, or nothing at all. */
    private static ErrorJson.@Nullable Detail detail(byte[] body, ObjectReader errors) {
        try {
            ErrorJson json = body.length == 0 ? null : errors.readValue(body);
            return json == null ? null : json.error();
        } catch (IOException notJson) {
            return null;
        }
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
    }
}
