package io.timetether.office365.mailbox;

/** What is left in a calendar's change log of an event that was deleted or moved away. */
public record Tombstone(String key, String calendarId, int moves, long sequence) {}
