package io.timetether.calendarsync.feed;

import io.timetether.calendarsync.scheduling.Outcome;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event as a feed saw it, with what became of it.
 *
 * @param verdict       LOADED or the reason code
 * @param detail        why not, in words
 * @param number        by which the entry is found in Timetether
 * @param sent          it blocks by our rules, so scheduling-service holds it
 * @param subject       null when there is none, or when it is hidden
 * @param subjectSealed what only the calendar's owner may read
 */
public record FeedItem(
        UUID itemId,
        String remoteId,
        String verdict,
        @Nullable String detail,
        @Nullable Long number,
        boolean sent,
        @Nullable Instant startsAt,
        @Nullable Instant endsAt,
        @Nullable LocalDate startDate,
        @Nullable LocalDate endDate,
        @Nullable String subject,
        @Nullable String subjectSealed,
        @Nullable String showAs,
        @Nullable String seriesId,
        @Nullable String webLink,
        String contentHash,
        @Nullable Instant lastModifiedAt,
        Instant processedAt) {

    /** The verdict of an item that blocks time here. */
    public static final String LOADED = "LOADED";

    /** On its way: put, and not answered yet. */
    public static final String WAITING = "WAITING";

    /** What a hidden subject is bound to. */
    public static String sealedRow(UUID itemId) {
        return "feed-item/" + itemId;
    }

    public boolean loaded() {
        return verdict.equals(LOADED);
    }

    /** How the verdict is written down. */
    public static String verdict(Outcome outcome, @Nullable String reasonCode) {
        return switch (outcome) {
            case LOADED -> LOADED;
            case REJECTED -> reasonCode == null ? "REJECTED" : reasonCode;
        };
    }
}
