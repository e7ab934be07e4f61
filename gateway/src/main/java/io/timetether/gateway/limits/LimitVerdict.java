package io.timetether.gateway.limits;

/** Whether a request may go on. */
sealed interface LimitVerdict {

    /** @param remaining how many more may follow at once */
    record Allowed(long remaining) implements LimitVerdict {}

    /** @param retryAfterSeconds when one more will be possible, at least 1 */
    record Exceeded(long retryAfterSeconds) implements LimitVerdict {}
}
