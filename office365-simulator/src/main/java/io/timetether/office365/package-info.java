/**
 * What this room is for: to assemble the Office 365 stand-in and to start and stop it. What must never be in it: anything that
 * knows how an event, a token or a page looks.
 */
@NullMarked
package io.timetether.office365;

import org.jspecify.annotations.NullMarked;
