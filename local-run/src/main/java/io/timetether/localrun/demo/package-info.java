/**
 * The two demo organisations and their mailboxes, made through the interfaces that everybody has. Never a database: what
 * the product's own rules would refuse is not in the demo either.
 */
@NullMarked
package io.timetether.localrun.demo;

import org.jspecify.annotations.NullMarked;
