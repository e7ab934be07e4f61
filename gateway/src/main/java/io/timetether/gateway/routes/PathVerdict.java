package io.timetether.gateway.routes;

/** What {@link PathJudge} says about a request's target. */
public sealed interface PathVerdict {

    /**
     * Every server reads this path alike.
     *
     * @param path decoded, without the query
     */
    record Plain(String path) implements PathVerdict {}

    /**
     * Two servers could read this path differently, so none gets it.
     *
     * @param reason for the caller, one sentence
     */
    record Refused(String reason) implements PathVerdict {}
}
