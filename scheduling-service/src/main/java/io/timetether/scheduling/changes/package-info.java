/** The ordered log that calendar-sync follows, and the snapshot that starts it. It joins what others wrote and decides nothing about it. */
@NullMarked
package io.timetether.scheduling.changes;

import org.jspecify.annotations.NullMarked;
