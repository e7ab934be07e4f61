/** The one way SQL is spoken here: statements in, typed rows out, and the lock that orders all writers of one staff member's time. No table is named here. */
@NullMarked
package io.timetether.scheduling.database;

import org.jspecify.annotations.NullMarked;
