/** Figures of the slot calculator, from beside it. Nothing that the product needs is ever here. */
@NullMarked
package io.timetether.scheduling.availability;

import org.jspecify.annotations.NullMarked;
