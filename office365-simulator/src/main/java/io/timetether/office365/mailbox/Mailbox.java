package io.timetether.office365.mailbox;

/**
 * One person's mailbox.
 *
 * @param id the person's object id in the directory ({@code oid}), a UUID
 * @param address SMTP address and user principal name
 * @param timeZone the zone of the mailbox, a Windows or IANA name as the administrator typed it
 */
public record Mailbox(String id, String address, String displayName, String timeZone) {}
