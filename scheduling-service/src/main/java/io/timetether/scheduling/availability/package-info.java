/** When a staff member can be booked: a pure calculator, the facts it needs and the endpoint that answers. Nothing is written here. */
@NullMarked
package io.timetether.scheduling.availability;

import org.jspecify.annotations.NullMarked;
