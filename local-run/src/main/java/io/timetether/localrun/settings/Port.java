package io.timetether.localrun.settings;

/** Who listens where, on 127.0.0.1. The order is the one in which they are named to a person. */
public enum Port {
    GATEWAY("the gateway", "TIMETETHER_GATEWAY_PORT", 8080),
    SCHEDULING("scheduling-service", "TIMETETHER_SCHEDULING_PORT", 8081),
    CALENDAR_SYNC("calendar-sync-service", "TIMETETHER_CALENDAR_SYNC_PORT", 8082),
    SIMULATOR("the Office 365 stand-in", "TIMETETHER_SIMULATOR_PORT", 8090),
    IDENTITY("the identity provider", "TIMETETHER_IDENTITY_PORT", 8091),
    MAIL("the local mail server", "TIMETETHER_MAIL_PORT", 8025),
    MAIL_PAGE("the local mail page", "TIMETETHER_MAIL_PAGE_PORT", 8026),
    DATABASE("PostgreSQL", "TIMETETHER_DATABASE_PORT", 54328);

    private final String owner;
    private final String variable;
    private final int usual;

    Port(String owner, String variable, int usual) {
        this.owner = owner;
        this.variable = variable;
        this.usual = usual;
    }

    /** Who needs it, in words. */
    public String owner() {
        return owner;
    }

    /** The environment variable that moves it. */
    public String variable() {
        return variable;
    }

    int usual() {
        return usual;
    }
}
