/**
 * How a statement that Hibernate cannot say is run on the current transaction: statements in, typed rows out. Never in here:
 * a statement about a table.
 */
@NullMarked
package io.timetether.calendarsync.database;

import org.jspecify.annotations.NullMarked;
