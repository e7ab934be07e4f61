package io.timetether.gateway.http;

/**
 * The places of our handlers among those that Quarkus puts on the same router (its sign-in filters stand at -200 to -100,
 * static pages at 10,000): forwarded requests leave before any of those is asked.
 */
public final class Order {

    /** {@link FrontGate}. */
    public static final int GATE = -1000;

    /** Forwarding. */
    public static final int FORWARDING = -800;

    /** Limits at the gateway's own addresses. */
    public static final int OWN_LIMITS = -700;

    /** The gateway's own addresses. */
    public static final int OWN = -600;

    /** Whoever comes here has found nobody. */
    public static final int NOBODY = 100_000;

    private Order() {}
}
