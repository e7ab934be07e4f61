/** The merged view of appointments and time off: by range, by number, and where they conflict. It reads only. */
@NullMarked
package io.timetether.scheduling.calendar;

import org.jspecify.annotations.NullMarked;
