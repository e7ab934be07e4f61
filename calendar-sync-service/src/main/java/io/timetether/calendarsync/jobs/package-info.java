/**
 * Leased jobs that survive their runner, and waking them without losing a wish. Never in here: what a job does.
 */
@NullMarked
package io.timetether.calendarsync.jobs;

import org.jspecify.annotations.NullMarked;
