/** What this room is for: the page that looks like a calendar, for a person with a browser. What must never be in it: something that the page can do and {@code /simulator} cannot, or anything that Graph offers. */
@NullMarked
package io.timetether.office365.page;

import org.jspecify.annotations.NullMarked;
