/**
 * The other service as we see it through its contract: a client and the records it answers with. Never in here: a
 * decision about what it answered.
 */
@NullMarked
package io.timetether.calendarsync.scheduling;

import org.jspecify.annotations.NullMarked;
