/** What this room is for: to act as the person in Outlook, for tests and for somebody in front of a browser. What must never be in it: anything that Graph itself offers. */
@NullMarked
package io.timetether.office365.control;

import org.jspecify.annotations.NullMarked;
