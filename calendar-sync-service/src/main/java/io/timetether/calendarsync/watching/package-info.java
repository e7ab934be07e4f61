/**
 * What the operator sees of all calendars together: figures for Prometheus, read from the database. Never in here: anything
 * of a single organisation, or anything that changes a row.
 */
@NullMarked
package io.timetether.calendarsync.watching;

import org.jspecify.annotations.NullMarked;
