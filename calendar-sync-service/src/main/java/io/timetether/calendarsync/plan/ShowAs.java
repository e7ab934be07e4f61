package io.timetether.calendarsync.plan;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How Outlook shows the time of an event to others (Graph's {@code showAs}). */
public enum ShowAs {
    BUSY("busy", "busy"),
    OOF("oof", "out of office"),
    TENTATIVE("tentative", "tentative"),
    FREE("free", "free"),
    WORKING_ELSEWHERE("workingElsewhere", "working elsewhere"),
    UNKNOWN("unknown", "of an unknown kind");

    private final String wire;
    private final String words;

    ShowAs(String wire, String words) {
        this.wire = wire;
        this.words = words;
    }

    /** The value as Graph writes it. */
    public String wire() {
        return wire;
    }

    /** The value in words, for a sentence: "shown as out of office". */
    public String words() {
        return words;
    }

    /** Reads Graph's value in any case; a value that is missing or new is {@link #UNKNOWN}, which blocks by default. */
    public static ShowAs of(@Nullable String wire) {
        if (wire != null) {
            for (ShowAs value : values()) {
                if (value.wire.toLowerCase(Locale.ROOT).equals(wire.toLowerCase(Locale.ROOT))) {
                    return value;
                }
            }
        }
        return UNKNOWN;
    }
}
