package io.timetether.gateway.identity;

import io.timetether.gateway.http.Problem;

/** The outcome of asking who calls. */
public sealed interface CallerAnswer {

    /** It is known who calls. */
    record Known(Caller caller) implements CallerAnswer {}

    /** The request cannot go on. */
    record Stopped(Problem problem) implements CallerAnswer {}
}
