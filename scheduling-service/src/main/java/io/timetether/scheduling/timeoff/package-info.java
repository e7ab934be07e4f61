/** Time in which a staff member is away, entered here or imported by feeds, with a verdict for each imported item. Nothing here knows where a feed comes from. */
@NullMarked
package io.timetether.scheduling.timeoff;

import org.jspecify.annotations.NullMarked;
