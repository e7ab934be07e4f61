package io.timetether.calendarsync.identity;

import java.util.UUID;

/** Whose tokens: one connection, that is one staff member's authorisation to use one Microsoft account. */
public record ConnectionRef(UUID connectionId) {

    /** The associated data that binds a sealed cache to its row: moved to another row it cannot be opened. */
    public String row() {
        return "calendar-connection/" + connectionId;
    }
}
