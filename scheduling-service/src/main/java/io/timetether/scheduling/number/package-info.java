/** The numbers by which people find an appointment or a time off. What carries a number is not known here. */
@NullMarked
package io.timetether.scheduling.number;

import org.jspecify.annotations.NullMarked;
