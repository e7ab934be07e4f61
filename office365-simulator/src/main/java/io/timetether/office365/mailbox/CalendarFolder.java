package io.timetether.office365.mailbox;

import org.jspecify.annotations.Nullable;

/**
 * A calendar of a mailbox, or the local copy of a calendar that somebody else shares with the mailbox's owner.
 *
 * @param generation rises when Exchange forgets its synchronisation state; delta tokens of an earlier one are answered 410
 * @param sharedId the calendar that this one is a copy of, in another mailbox; null for the mailbox's own
 */
public record CalendarFolder(
        String id,
        String mailboxId,
        String name,
        String color,
        boolean isDefault,
        boolean canEdit,
        int version,
        int generation,
        @Nullable String sharedId) {

    /** Whether it is somebody else's. */
    public boolean isShared() {
        return sharedId != null;
    }

    /** The calendar in which its events lie. */
    String contentsId() {
        return sharedId == null ? id : sharedId;
    }

    CalendarFolder named(String newName, String newColor) {
        return new CalendarFolder(
                id, mailboxId, newName, newColor, isDefault, canEdit, version + 1, generation, sharedId);
    }

    CalendarFolder editable(boolean editable) {
        return new CalendarFolder(id, mailboxId, name, color, isDefault, editable, version + 1, generation, sharedId);
    }

    CalendarFolder nextGeneration() {
        return new CalendarFolder(id, mailboxId, name, color, isDefault, canEdit, version, generation + 1, sharedId);
    }
}
