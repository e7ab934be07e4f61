/** What this room is for: to understand the names of time zones that Exchange understands, Windows' and IANA's. What must never be in it: events, or the machine's own zone. */
@NullMarked
package io.timetether.office365.zone;

import org.jspecify.annotations.NullMarked;
