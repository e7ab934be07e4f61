/** Where appointments take place. Only the places themselves; hours and bookings refer to them from elsewhere. */
@NullMarked
package io.timetether.scheduling.location;

import org.jspecify.annotations.NullMarked;
