/** Intervals of time and the arithmetic on them. Pure: no clock, no zone of the machine, no framework. */
@NullMarked
package io.timetether.scheduling.time;

import org.jspecify.annotations.NullMarked;
