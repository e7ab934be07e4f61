/**
 * Ending a feed or a connection so that nothing else breaks: what goes at once, and what a job takes away. Never in here:
 * the deletion of an event that is not in our mapping.
 */
@NullMarked
package io.timetether.calendarsync.stopping;

import org.jspecify.annotations.NullMarked;
