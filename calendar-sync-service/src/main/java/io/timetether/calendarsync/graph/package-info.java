/**
 * Speaks HTTP with Microsoft Graph: one client with its visible list of interceptors, and the calendar and subscription
 * calls made with it, each answering a typed outcome. Never in here: what the product makes of an answer, or SQL.
 */
@NullMarked
package io.timetether.calendarsync.graph;

import org.jspecify.annotations.NullMarked;
