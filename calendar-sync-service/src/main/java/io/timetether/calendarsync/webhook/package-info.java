/**
 * Receives Microsoft's notifications and keeps the subscriptions that cause them: understand, check, enqueue, answer.
 * Never in here: the work that a notification leads to.
 */
@NullMarked
package io.timetether.calendarsync.webhook;

import org.jspecify.annotations.NullMarked;
