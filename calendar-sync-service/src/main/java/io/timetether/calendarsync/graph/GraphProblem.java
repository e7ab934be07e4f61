package io.timetether.calendarsync.graph;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why Graph did not do what it was asked, by what the caller has to do about it (docs/graph-notes.md). */
public sealed interface GraphProblem {

    /** Too much at once, or no slot: nothing was done; come back after this time, and only this mailbox waits. */
    record Throttled(Duration retryAfter) implements GraphProblem {}

    /** The token is no good and a fresh one could not be had: the owner must sign in again. */
    record Unauthorized(String reason, @Nullable String claims) implements GraphProblem {}

    /** This is not allowed with this account: withdrawn share or permission. The calendar parks, the account does not. */
    record Forbidden(String code, String message) implements GraphProblem {}

    /** What was asked for does not exist (any more). For a deletion that is success. */
    record NotFound(String code, String message) implements GraphProblem {}

    /** The account has no mailbox that Graph can reach (no licence, guest, on premises): the account parks. */
    record MailboxUnavailable(String code) implements GraphProblem {}

    /** The delta link is too old: read everything again. */
    record SyncStateExpired(String code) implements GraphProblem {}

    /** The event changed since it was read: read it again, rebase, try once more. */
    record PreconditionFailed(String code) implements GraphProblem {}

    /** This transactionId created another event before: find that one by its mark. */
    record DuplicateTransaction(String message) implements GraphProblem {}

    /** It exists already, for example a subscription for the same resource. */
    record AlreadyExists(String message) implements GraphProblem {}

    /** The mailbox is full: writing stops, reading goes on. */
    record QuotaExceeded(String message) implements GraphProblem {}

    /** Refused for good; the same request will be refused again. */
    record Rejected(int status, String code, String message) implements GraphProblem {}

    /**
     * No usable answer: timeout, broken connection, a fault on Microsoft's side. Whatever was sent may have been done,
     * so only what is idempotent is sent again.
     */
    record Unavailable(String cause) implements GraphProblem {

        /** A list of which only a part could be read is no list: what is missing would look deleted. */
        static Unavailable endlessList() {
            return new Unavailable("Graph's list does not end");
        }
    }

    /** This installation is registered wrongly: for the operator, no feed is touched. */
    record Misconfigured(String detail) implements GraphProblem {}
}
