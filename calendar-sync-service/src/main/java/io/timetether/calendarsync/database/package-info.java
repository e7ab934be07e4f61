/**
 * How a statement is run: one Jdbi over the data source. Never in here: a statement about a table.
 */
@NullMarked
package io.timetether.calendarsync.database;

import org.jspecify.annotations.NullMarked;
