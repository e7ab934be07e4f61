package io.timetether.scheduling.http;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** What an integrator's program may be allowed. Which operation needs which stands in {@link MachineOperations}. */
public enum Scope {
    APPOINTMENTS_READ("appointments:read", "See appointments, free slots, the calendar and conflicts"),
    APPOINTMENTS_WRITE("appointments:write", "Book, move and cancel appointments"),
    CLIENTS_READ("clients:read", "See clients"),
    CLIENTS_WRITE("clients:write", "Add and change clients"),
    ORGANISATION_READ("organisation:read", "See the organisation, staff, services and locations"),
    ORGANISATION_WRITE("organisation:write", "Change the organisation, staff, services and locations"),
    TIME_OFF_READ("time-off:read", "See time off"),
    TIME_OFF_WRITE("time-off:write", "Enter, change and remove time off"),
    CALENDAR_SYNC_READ("calendar-sync:read", "See calendar connections and feeds"),
    CALENDAR_SYNC_MANAGE("calendar-sync:manage", "Change, pause, resume and stop calendar connections and feeds");

    private final String name;
    private final String meaning;

    Scope(String name, String meaning) {
        this.name = name;
        this.meaning = meaning;
    }

    /** What it allows, for the API's description. */
    String meaning() {
        return meaning;
    }

    /** The scope with this name, as tokens carry it. */
    public static Optional<Scope> find(String name) {
        return Arrays.stream(values()).filter(scope -> scope.name.equals(name)).findFirst();
    }

    /** As tokens and the API carry it. */
    @Override
    @JsonValue
    public String toString() {
        return name;
    }
}
