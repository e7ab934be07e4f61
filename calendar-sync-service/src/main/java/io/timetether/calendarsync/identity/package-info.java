/**
 * Obtains and keeps Microsoft's tokens: sign-in addresses, redeemed codes, silent refresh and the sealed token cache of
 * each connection. Never in here: a calendar, or a token that leaves the room in clear text other than to Graph's client.
 */
@NullMarked
package io.timetether.calendarsync.identity;

import org.jspecify.annotations.NullMarked;
