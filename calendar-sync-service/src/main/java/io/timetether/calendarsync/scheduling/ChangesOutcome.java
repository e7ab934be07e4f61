package io.timetether.calendarsync.scheduling;

import java.util.List;

/** What reading the change log came to. */
public sealed interface ChangesOutcome {

    /** Entries in order, and where to go on; no entries after a quiet wait. */
    record Read(List<Change> items, String next) implements ChangesOutcome {}

    /** Another epoch, or compacted: take the head and look at everything again. */
    record CursorExpired() implements ChangesOutcome {}

    record Unavailable(String cause) implements ChangesOutcome {}
}
