/**
 * Brings appointments to Office 365: how they look there, which of our events stands where, and the writing itself.
 * Never in here: anything about events that are not ours.
 */
@NullMarked
package io.timetether.calendarsync.publish;

import org.jspecify.annotations.NullMarked;
