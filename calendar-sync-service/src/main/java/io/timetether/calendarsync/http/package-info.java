/**
 * What all resources share: who calls, problems, pages, preconditions, kept answers. Never in here: a rule about calendars.
 */
@NullMarked
package io.timetether.calendarsync.http;

import org.jspecify.annotations.NullMarked;
