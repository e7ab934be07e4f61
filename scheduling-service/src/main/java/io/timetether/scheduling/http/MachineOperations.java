package io.timetether.scheduling.http;

import static io.timetether.scheduling.http.Scope.APPOINTMENTS_READ;
import static io.timetether.scheduling.http.Scope.APPOINTMENTS_WRITE;
import static io.timetether.scheduling.http.Scope.CLIENTS_READ;
import static io.timetether.scheduling.http.Scope.CLIENTS_WRITE;
import static io.timetether.scheduling.http.Scope.ORGANISATION_READ;
import static io.timetether.scheduling.http.Scope.ORGANISATION_WRITE;
import static io.timetether.scheduling.http.Scope.TIME_OFF_READ;
import static io.timetether.scheduling.http.Scope.TIME_OFF_WRITE;
import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;

/**
 * Which operation a program may call, with which scope. What is not in this table is for people only, whatever a token
 * says: people and their roles, plans, erasure, machine clients themselves, all of {@code /internal}.
 */
public final class MachineOperations {

    private static final Map<String, Scope> NEEDED = Map.ofEntries(
            entry("bookAppointment", APPOINTMENTS_WRITE),
            entry("cancelAppointment", APPOINTMENTS_WRITE),
            entry("createClient", CLIENTS_WRITE),
            entry("createHold", APPOINTMENTS_WRITE),
            entry("createLocation", ORGANISATION_WRITE),
            entry("createService", ORGANISATION_WRITE),
            entry("createStaffMember", ORGANISATION_WRITE),
            entry("createTimeOff", TIME_OFF_WRITE),
            entry("deleteHold", APPOINTMENTS_WRITE),
            entry("deleteHoursException", ORGANISATION_WRITE),
            entry("deleteTimeOff", TIME_OFF_WRITE),
            entry("getAppointment", APPOINTMENTS_READ),
            entry("getCalendarEntry", APPOINTMENTS_READ),
            entry("getClient", CLIENTS_READ),
            entry("getHold", APPOINTMENTS_WRITE),
            entry("getLocation", ORGANISATION_READ),
            entry("getOrganisation", ORGANISATION_READ),
            entry("getService", ORGANISATION_READ),
            entry("getStaffMember", ORGANISATION_READ),
            entry("getTimeOff", TIME_OFF_READ),
            entry("getWorkingHours", ORGANISATION_READ),
            entry("listAppointmentHistory", APPOINTMENTS_READ),
            entry("listAppointments", APPOINTMENTS_READ),
            entry("listCalendar", APPOINTMENTS_READ),
            entry("listClients", CLIENTS_READ),
            entry("listConflicts", APPOINTMENTS_READ),
            entry("listHoursExceptions", ORGANISATION_READ),
            entry("listLocations", ORGANISATION_READ),
            entry("listServices", ORGANISATION_READ),
            entry("listSlots", APPOINTMENTS_READ),
            entry("listStaffMembers", ORGANISATION_READ),
            entry("listTimeOff", TIME_OFF_READ),
            entry("patchClient", CLIENTS_WRITE),
            entry("patchLocation", ORGANISATION_WRITE),
            entry("patchOrganisation", ORGANISATION_WRITE),
            entry("patchService", ORGANISATION_WRITE),
            entry("patchStaffMember", ORGANISATION_WRITE),
            entry("patchTimeOff", TIME_OFF_WRITE),
            entry("putHoursException", ORGANISATION_WRITE),
            entry("replaceWorkingHours", ORGANISATION_WRITE),
            entry("rescheduleAppointment", APPOINTMENTS_WRITE),
            entry("setAppointmentStatus", APPOINTMENTS_WRITE));

    private MachineOperations() {}

    /**
     * The scope that a program needs.
     *
     * @param operation the operation's id in the API's description, which is its method's name
     * @return empty where programs have no business
     */
    public static Optional<Scope> scopeFor(String operation) {
        return Optional.ofNullable(NEEDED.get(operation));
    }

    static Map<String, Scope> all() {
        return NEEDED;
    }
}
