package io.timetether.calendarsync.graph;

import java.time.Instant;

/** What asking for a subscription, or for its renewal, came to. */
public sealed interface SubscriptionOutcome {

    /** It lives until the time that Graph answered. */
    record Live(String id, String resource, Instant expiresAt) implements SubscriptionOutcome {}

    /** Graph does not accept our address (it wants public https) or could not reach it: poll, try again in an hour. */
    record AddressRefused(String message) implements SubscriptionOutcome {}

    /** One for the same resource lives already: list, delete, create again. */
    record Duplicate(String message) implements SubscriptionOutcome {}

    /** This calendar cannot be subscribed to, for example because somebody else shares it: poll it. */
    record NotForThisCalendar(String code) implements SubscriptionOutcome {}

    /** It does not live any more: create another one and read what was missed. */
    record Lost() implements SubscriptionOutcome {}

    /** It is not known whether it lives; see the problem. */
    record Stopped(GraphProblem problem) implements SubscriptionOutcome {}
}
