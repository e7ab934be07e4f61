package io.timetether.gateway.routes;

/** The services behind the gateway, by the names that problems and logs use. */
public enum Upstream {
    SCHEDULING("scheduling-service"),
    CALENDAR_SYNC("calendar-sync-service");

    private final String serviceName;

    Upstream(String serviceName) {
        this.serviceName = serviceName;
    }

    /** The name of the service as operators know it. */
    public String serviceName() {
        return serviceName;
    }
}
