/** The people who book. What they booked lives with the appointments. */
@NullMarked
package io.timetether.scheduling.client;

import org.jspecify.annotations.NullMarked;
