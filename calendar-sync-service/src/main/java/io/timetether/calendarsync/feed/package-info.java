/**
 * One calendar synced for one staff member: its settings, its items with their verdicts, its progress. Never in here: a
 * call to Microsoft that reads or writes events.
 */
@NullMarked
package io.timetether.calendarsync.feed;

import org.jspecify.annotations.NullMarked;
