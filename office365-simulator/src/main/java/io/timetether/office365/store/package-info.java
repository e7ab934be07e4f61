/** What this room is for: to keep records as JSON in one file (or in memory) so that they outlive a restart. What must never be in it: any knowledge of what the records mean. */
@NullMarked
package io.timetether.office365.store;

import org.jspecify.annotations.NullMarked;
