/** What this room is for: to turn an iCalendar file into events of a mailbox. What must never be in it: HTTP, or the expansion of recurrences. */
@NullMarked
package io.timetether.office365.calendarfile;

import org.jspecify.annotations.NullMarked;
