/** Staff members and the hours in which they work. What takes time from those hours lives elsewhere. */
@NullMarked
package io.timetether.scheduling.staff;

import org.jspecify.annotations.NullMarked;
