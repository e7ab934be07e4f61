/**
 * A PostgreSQL server of our own, for {@code ./run} and for the tests of every module. Never knowledge of who uses it:
 * it hands out empty databases and knows no table.
 */
@NullMarked
package io.timetether.localrun.postgres;

import org.jspecify.annotations.NullMarked;
