package io.timetether.gateway.http;

/**
 * The places of our handlers among those that Quarkus puts on the same router (its sign-in filters stand at -200 to -100,
 * static pages at 10,000): forwarded requests leave before any of those is asked.
 */
public enum Order {
    /** {@link FrontGate}. */
    GATE(-1000),
    /** Apps on other origins. */
    CROSS_ORIGIN(-900),
    /** Forwarding. */
    FORWARDING(-800),
    /** Limits at the gateway's own addresses. */
    OWN_LIMITS(-700),
    /** The gateway's own addresses. */
    OWN(-600),
    /** Whoever comes here has found nobody. */
    NOBODY(100_000);

    private final int place;

    Order(int place) {
        this.place = place;
    }

    /** For the router: the smaller is asked first. */
    public int place() {
        return place;
    }
}
