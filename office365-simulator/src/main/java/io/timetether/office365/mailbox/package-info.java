/** What this room is for: mailboxes, calendars and events as Exchange keeps them, and the log of their changes. What must never be in it: HTTP, query options, or how Graph spells a reply. */
@NullMarked
package io.timetether.office365.mailbox;

import org.jspecify.annotations.NullMarked;
