/**
 * Decides, in pure code, what a sync run has to do: which events block and why the others do not, what is put, what is
 * removed and what is held. Never in here: a clock, a database, a network, a log line, or a name of Microsoft's JSON.
 */
@NullMarked
package io.timetether.calendarsync.plan;

import org.jspecify.annotations.NullMarked;
