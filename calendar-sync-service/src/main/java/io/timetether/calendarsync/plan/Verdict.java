package io.timetether.calendarsync.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one feed makes of one event. */
public sealed interface Verdict {

    /**
     * The event blocks the staff member. Exactly what is put at scheduling-service, beside the item's id.
     *
     * @param title null where colleagues must not read the subject ("Busy")
     */
    record Blocks(
            @Nullable String title,
            EventTime when,
            ShowAs showAs,
            @Nullable String iCalUId,
            @Nullable Instant originalStart,
            @Nullable Instant lastModifiedAt,
            @Nullable String webLink)
            implements Verdict {}

    /** The event does not block; {@code sentence} is what the person reads under Info. */
    record Ignored(ReasonCode reason, String sentence) implements Verdict {

        static Ignored because(ReasonCode reason) {
            return new Ignored(reason, reason.sentence());
        }
    }
}
