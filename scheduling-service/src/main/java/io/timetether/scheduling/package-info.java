/** The service that owns appointments, availability and time off. Nothing of Office 365 may be known here. */
@NullMarked
package io.timetether.scheduling;

import org.jspecify.annotations.NullMarked;
