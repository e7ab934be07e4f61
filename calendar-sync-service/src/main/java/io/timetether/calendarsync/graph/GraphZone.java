package io.timetether.calendarsync.graph;

import java.time.ZoneId;

/** A time zone as Graph named it. */
public sealed interface GraphZone {

    /** A Windows or IANA name that is understood. */
    record Known(ZoneId zone) implements GraphZone {}

    /** {@code tzone://Microsoft/Custom}: rules that Outlook keeps to itself. Its times cannot be told. */
    record Custom(String name) implements GraphZone {}

    /** A name that neither list has. Never guessed. */
    record Unknown(String name) implements GraphZone {}
}
