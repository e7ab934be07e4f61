/** What this room is for: subscriptions to changes and the delivery of notifications. What must never be in it: the reading of events. */
@NullMarked
package io.timetether.office365.notification;

import org.jspecify.annotations.NullMarked;
