/**
 * Letting colleagues use an account: granting, listing, withdrawing. Never in here: what a colleague does with it.
 */
@NullMarked
package io.timetether.calendarsync.sharing;

import org.jspecify.annotations.NullMarked;
