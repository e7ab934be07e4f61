/**
 * The launcher itself: what {@code ./run} does, from the first check to the last stop. Never a rule of the product: what
 * it starts must be able to run without it.
 */
@NullMarked
package io.timetether.localrun;

import org.jspecify.annotations.NullMarked;
