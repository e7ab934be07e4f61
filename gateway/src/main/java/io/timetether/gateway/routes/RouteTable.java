package io.timetether.gateway.routes;

import static io.timetether.gateway.routes.OpenTo.MICROSOFT;
import static io.timetether.gateway.routes.OpenTo.PEOPLE_AND_MACHINES;
import static io.timetether.gateway.routes.OpenTo.PROGRAMS;
import static io.timetether.gateway.routes.Route.API_BODY;
import static io.timetether.gateway.routes.Upstream.CALENDAR_SYNC;
import static io.timetether.gateway.routes.Upstream.SCHEDULING;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which service answers which path. The longest prefix wins; what no prefix covers is not forwarded, so a new path of a
 * service ({@code /internal}, {@code /q}) stays inside until a line here lets it out.
 */
public final class RouteTable {

    private static final long FORM_OF_A_PROGRAM = 8 * 1024;
    private static final long FORM_OF_MICROSOFT = 64 * 1024;
    private static final long NOTIFICATIONS_OF_MICROSOFT = 1024 * 1024;

    private static final List<Route> ROUTES = List.of(
                    new Route("/api/v1", SCHEDULING, PEOPLE_AND_MACHINES, API_BODY),
                    new Route("/api/v1/oauth/token", SCHEDULING, PROGRAMS, FORM_OF_A_PROGRAM),
                    new Route("/api/v1/calendar-audit-log", CALENDAR_SYNC, PEOPLE_AND_MACHINES, API_BODY),
                    new Route("/api/v1/calendar-providers", CALENDAR_SYNC, PEOPLE_AND_MACHINES, API_BODY),
                    new Route("/api/v1/calendar-connections", CALENDAR_SYNC, PEOPLE_AND_MACHINES, API_BODY),
                    new Route("/api/v1/remaining-events", CALENDAR_SYNC, PEOPLE_AND_MACHINES, API_BODY),
                    new Route("/api/v1/sync-feeds", CALENDAR_SYNC, PEOPLE_AND_MACHINES, API_BODY),
                    new Route("/oauth/microsoft/callback", CALENDAR_SYNC, MICROSOFT, FORM_OF_MICROSOFT),
                    new Route("/oauth/microsoft", CALENDAR_SYNC, PEOPLE_AND_MACHINES, FORM_OF_MICROSOFT),
                    new Route("/webhooks/microsoft", CALENDAR_SYNC, MICROSOFT, NOTIFICATIONS_OF_MICROSOFT))
            .stream()
            .sorted(Comparator.comparingInt((Route route) -> route.prefix().length())
                    .reversed())
            .toList();

    private RouteTable() {}

    /** The route for a path that {@link PathJudge} has found plain, decoded. */
    public static Optional<Route> find(String path) {
        for (Route route : ROUTES) {
            if (route.covers(path)) {
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }

    /** All routes, the longest prefix first. */
    public static List<Route> all() {
        return ROUTES;
    }
}
