/** Links by which a client manages their own booking: made, and found again by their hash. What may be done through one is not decided here. */
@NullMarked
package io.timetether.scheduling.managementlink;

import org.jspecify.annotations.NullMarked;
