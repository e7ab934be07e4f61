package io.timetether.office365.graph;

import java.util.Set;

/** The permissions of which a route needs any one. */
final class Scope {

    static final Set<String> ANY = Set.of();
    static final Set<String> WRITE = Set.of("Calendars.ReadWrite", "Calendars.ReadWrite.Shared");
    static final Set<String> READ =
            Set.of("Calendars.Read", "Calendars.Read.Shared", "Calendars.ReadWrite", "Calendars.ReadWrite.Shared");

    private Scope() {}
}
