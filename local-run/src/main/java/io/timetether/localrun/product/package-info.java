/**
 * The whole product on one machine: which parts there are, what each is told, in which order they start and stop. Never a
 * word to the person at the terminal but through {@link io.timetether.localrun.product.Progress}.
 */
@NullMarked
package io.timetether.localrun.product;

import org.jspecify.annotations.NullMarked;
