/** What this room is for: Graph's recurrence patterns, their validation and the dates they fall on. What must never be in it: times of day, zones, or stored events. */
@NullMarked
package io.timetether.office365.recurrence;

import org.jspecify.annotations.NullMarked;
