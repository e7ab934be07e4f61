/**
 * One staff member's authorisation to use one Microsoft account, with its tokens. Never in here: what is synced with it.
 */
@NullMarked
package io.timetether.calendarsync.connection;

import org.jspecify.annotations.NullMarked;
