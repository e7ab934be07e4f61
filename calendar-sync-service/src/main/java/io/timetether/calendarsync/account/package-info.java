/**
 * The Microsoft account, which several connections may share: its calendars, cursors, fences and in-flight slots. Never in
 * here: anything of one organisation, or what is done with a calendar.
 */
@NullMarked
package io.timetether.calendarsync.account;

import org.jspecify.annotations.NullMarked;
