package io.timetether.gateway.http;

import io.vertx.core.MultiMap;
import java.util.Map;
import java.util.Optional;

/**
 * How much may stand before a request's body. A little less than the services read: what passes here is not refused there
 * for its size. The server itself reads some more, so that there is somebody to say why; beyond that it hangs up.
 */
final class HeadLimits {

    static final int ADDRESS_CHARACTERS = 4_000;
    static final int HEADER_BYTES = 16 * 1024;

    /** What a line has besides name and value: colon, space and its end. */
    private static final int OF_EACH_LINE = 4;

    private HeadLimits() {}

    static Optional<Problem> judge(String address, MultiMap headers) {
        if (address.length() > ADDRESS_CHARACTERS) {
            return Optional.of(Problem.of(
                            ProblemKind.ADDRESS_TOO_LONG,
                            "Path and query may have " + ADDRESS_CHARACTERS + " characters together.")
                    .with("limit", ADDRESS_CHARACTERS));
        }
        int bytes = 0;
        for (Map.Entry<String, String> header : headers) {
            bytes += header.getKey().length() + header.getValue().length() + OF_EACH_LINE;
        }
        return bytes <= HEADER_BYTES
                ? Optional.empty()
                : Optional.of(Problem.of(
                                ProblemKind.HEADERS_TOO_LARGE,
                                "All headers together may have " + HEADER_BYTES
                                        + " bytes. In a browser, delete this site's cookies.")
                        .with("limit", HEADER_BYTES));
    }
}
