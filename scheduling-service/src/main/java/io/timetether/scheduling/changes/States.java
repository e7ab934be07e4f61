package io.timetether.scheduling.changes;

import io.timetether.scheduling.changes.Change.AppointmentState;
import io.timetether.scheduling.changes.Change.AttendeeState;
import io.timetether.scheduling.changes.Change.ClientState;
import io.timetether.scheduling.changes.Change.LocationState;
import io.timetether.scheduling.changes.Change.Named;
import io.timetether.scheduling.changes.Change.OrganisationState;
import io.timetether.scheduling.changes.Change.ServiceState;
import io.timetether.scheduling.changes.Change.StaffState;
import io.timetether.scheduling.changes.Change.VerdictState;
import io.timetether.scheduling.database.Row;
import io.timetether.scheduling.database.RowReader;
import io.timetether.scheduling.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The current states that the log and its snapshot show: one query a kind, whatever the number of entries. */
@ApplicationScoped
class States {

    private static final String APPOINTMENTS = """
            SELECT a.id, a.number, a.organisation_id, a.staff_id, a.start_at, a.end_at, a.status, a.version, a.note,
                   a.updated_at, a.service_id, s.name AS service_name, a.location_id, l.name AS location_name,
                   t.client_id, t.status AS attendee_status, c.name AS client_name, c.email, c.phone
            FROM %s
            JOIN service s ON s.organisation_id = a.organisation_id AND s.id = a.service_id
            LEFT JOIN location l ON l.organisation_id = a.organisation_id AND l.id = a.location_id
            LEFT JOIN attendee t ON t.organisation_id = a.organisation_id AND t.appointment_id = a.id
            LEFT JOIN client c ON c.organisation_id = t.organisation_id AND c.id = t.client_id
            %s
            """;

    private final Sql sql;

    States(Sql sql) {
        this.sql = sql;
    }

    Map<UUID, AppointmentState> appointments(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<UUID, AppointmentState> states = new HashMap<>();
        String statement = APPOINTMENTS.formatted("appointment a", "WHERE a.id = ANY (?) ORDER BY a.id, t.position");
        joined(sql.list(statement, States::line, (Object) ids.toArray(UUID[]::new)))
                .forEach(state -> states.put(state.id(), state));
        return states;
    }

    /** Not cancelled, of one staff member, ending after {@code from}, by (start, id). */
    List<AppointmentState> upcoming(
            UUID organisationId,
            UUID staffId,
            Instant from,
            @Nullable Instant afterStart,
            @Nullable UUID afterId,
            int limit) {
        String chosen = """
                (SELECT * FROM appointment
                 WHERE organisation_id = ? AND staff_id = ? AND end_at > ? AND status <> 'CANCELLED'
                   AND (?::timestamptz IS NULL OR (start_at, id) > (?::timestamptz, ?::uuid))
                 ORDER BY start_at, id LIMIT ?) a
                """;
        return joined(sql.list(
                APPOINTMENTS.formatted(chosen, "ORDER BY a.start_at, a.id, t.position"),
                States::line,
                organisationId,
                staffId,
                from,
                afterStart,
                afterStart,
                afterId,
                limit));
    }

    Map<UUID, OrganisationState> organisations(Collection<UUID> ids) {
        return byId(
                "SELECT id, slug, name, plan, time_zone, outbound_prefix, version FROM organisation WHERE id = ANY (?)",
                row -> new OrganisationState(
                        row.uuid("id"),
                        row.text("slug"),
                        row.text("name"),
                        row.text("plan"),
                        row.text("time_zone"),
                        row.text("outbound_prefix"),
                        row.number("version")),
                ids);
    }

    Map<UUID, StaffState> staff(Collection<UUID> ids) {
        return byId(
                "SELECT id, organisation_id, name, email, time_zone, active, version FROM staff WHERE id = ANY (?)"
                        + " AND erased_at IS NULL",
                row -> new StaffState(
                        row.uuid("id"),
                        row.uuid("organisation_id"),
                        row.text("name"),
                        row.text("email"),
                        row.text("time_zone"),
                        row.flag("active"),
                        row.number("version")),
                ids);
    }

    Map<UUID, ServiceState> services(Collection<UUID> ids) {
        return byId(
                "SELECT id, name, version FROM service WHERE id = ANY (?)",
                row -> new ServiceState(row.uuid("id"), row.text("name"), row.number("version")),
                ids);
    }

    Map<UUID, ClientState> clients(Collection<UUID> ids) {
        return byId(
                "SELECT id, name, email, phone, version FROM client WHERE id = ANY (?)",
                row -> new ClientState(
                        row.uuid("id"),
                        row.text("name"),
                        row.textOrNull("email"),
                        row.textOrNull("phone"),
                        row.number("version")),
                ids);
    }

    Map<UUID, LocationState> locations(Collection<UUID> ids) {
        return byId(
                "SELECT id, name, time_zone, version FROM location WHERE id = ANY (?)",
                row -> new LocationState(
                        row.uuid("id"), row.text("name"), row.textOrNull("time_zone"), row.number("version")),
                ids);
    }

    /** By feed and item; a removed item has no verdict any more. */
    Map<Changes.Item, VerdictState> verdicts(List<Changes.Item> items) {
        if (items.isEmpty()) {
            return Map.of();
        }
        Map<Changes.Item, VerdictState> verdicts = new HashMap<>();
        sql.list(
                        """
                        SELECT e.feed_id, e.item_id, e.outcome, e.reason_code, e.verdict_version,
                               CASE WHEN e.outcome = 'LOADED' THEN e.number END AS number
                        FROM external_time_off e
                        JOIN unnest(?, ?) AS wanted (feed_id, item_id) USING (feed_id, item_id)
                        """,
                        row -> new VerdictState(
                                row.uuid("feed_id"),
                                row.text("item_id"),
                                row.text("outcome"),
                                row.textOrNull("reason_code"),
                                row.numberOrNull("number"),
                                row.number("verdict_version")),
                        items.stream().map(Changes.Item::feedId).toArray(UUID[]::new),
                        items.stream().map(Changes.Item::itemId).toArray(String[]::new))
                .forEach(verdict -> verdicts.put(new Changes.Item(verdict.feedId(), verdict.itemId()), verdict));
        return verdicts;
    }

    private <T> Map<UUID, T> byId(String statement, RowReader<T> reader, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<UUID, T> states = new HashMap<>();
        sql.list(statement, row -> states.put(row.uuid("id"), reader.read(row)), (Object) ids.toArray(UUID[]::new));
        return states;
    }

    /** One attendee of one appointment. */
    private record Line(
            AppointmentState appointment, @Nullable AttendeeState attendee) {}

    private static Line line(Row row) throws SQLException {
        UUID locationId = row.uuidOrNull("location_id");
        UUID clientId = row.uuidOrNull("client_id");
        return new Line(
                new AppointmentState(
                        row.uuid("id"),
                        row.number("number"),
                        row.uuid("organisation_id"),
                        row.uuid("staff_id"),
                        row.instant("start_at"),
                        row.instant("end_at"),
                        row.text("status"),
                        row.number("version"),
                        new Named(row.uuid("service_id"), row.text("service_name")),
                        locationId == null ? null : new Named(locationId, row.text("location_name")),
                        List.of(),
                        row.textOrNull("note"),
                        row.instant("updated_at")),
                clientId == null
                        ? null
                        : new AttendeeState(
                                clientId,
                                row.text("client_name"),
                                row.textOrNull("email"),
                                row.textOrNull("phone"),
                                row.text("attendee_status")));
    }

    private static List<AppointmentState> joined(List<Line> lines) {
        Map<UUID, AppointmentState> joined = new LinkedHashMap<>();
        for (Line line : lines) {
            joined.merge(line.appointment().id(), with(line.appointment(), line.attendee()), (first, next) -> {
                AttendeeState attendee = line.attendee();
                return attendee == null ? first : with(first, attendee);
            });
        }
        return List.copyOf(joined.values());
    }

    private static AppointmentState with(AppointmentState a, @Nullable AttendeeState attendee) {
        if (attendee == null) {
            return a;
        }
        List<AttendeeState> attendees = new java.util.ArrayList<>(a.attendees());
        attendees.add(attendee);
        return new AppointmentState(
                a.id(),
                a.number(),
                a.organisationId(),
                a.staffId(),
                a.startAt(),
                a.endAt(),
                a.status(),
                a.version(),
                a.service(),
                a.location(),
                List.copyOf(attendees),
                a.note(),
                a.updatedAt());
    }
}
