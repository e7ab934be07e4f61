/** How long the services take to start, seen from outside. Nothing that the product needs is ever here. */
@NullMarked
package io.timetether.start;

import org.jspecify.annotations.NullMarked;
