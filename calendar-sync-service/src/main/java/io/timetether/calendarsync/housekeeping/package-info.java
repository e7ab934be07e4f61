/**
 * What nobody wakes: work whose wake-up was lost with a crash, sign-ins that nobody completed, tokens that rest for long.
 * Never in here: a decision of another room.
 */
@NullMarked
package io.timetether.calendarsync.housekeeping;

import org.jspecify.annotations.NullMarked;
