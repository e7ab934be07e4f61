package io.timetether.office365.mailbox;

/**
 * A calendar of a mailbox.
 *
 * @param generation rises when Exchange forgets its synchronisation state; delta tokens of an earlier one are answered 410
 */
public record CalendarFolder(
        String id,
        String mailboxId,
        String name,
        String color,
        boolean isDefault,
        boolean canEdit,
        int version,
        int generation) {

    CalendarFolder named(String newName, String newColor) {
        return new CalendarFolder(id, mailboxId, newName, newColor, isDefault, canEdit, version + 1, generation);
    }

    CalendarFolder editable(boolean editable) {
        return new CalendarFolder(id, mailboxId, name, color, isDefault, editable, version + 1, generation);
    }

    CalendarFolder nextGeneration() {
        return new CalendarFolder(id, mailboxId, name, color, isDefault, canEdit, version, generation + 1);
    }
}
