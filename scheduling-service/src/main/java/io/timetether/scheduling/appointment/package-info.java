/** Appointments: booking, moving, cancelling, their statuses. The only room that writes occupied time. */
@NullMarked
package io.timetether.scheduling.appointment;

import org.jspecify.annotations.NullMarked;
