/**
 * The story of one sync run: read, put, remove, report, and last of all the cursor. Never in here: a decision about what
 * blocks.
 */
@NullMarked
package io.timetether.calendarsync.run;

import org.jspecify.annotations.NullMarked;
