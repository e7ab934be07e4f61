/**
 * What this room is for: to remember which requests were seen, for tests and for curious people. What must never be in it: what
 * the requests were about, tokens least of all.
 */
@NullMarked
package io.timetether.office365.journal;

import org.jspecify.annotations.NullMarked;
