package io.timetether.scheduling.timeoff;

import com.fasterxml.jackson.annotation.JsonIgnore;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One event of an outside calendar that blocks, as calendar-sync sends it: either from startAt to endAt, or whole dates
 * (endDate exclusive) in the staff member's zone. iCalUId with originalStart names the meeting, so that its copies in
 * other calendars of the same staff member are recognised.
 */
@Schema(name = "ExternalItem")
record ExternalItem(
        @NotBlank @Size(max = 1000) String itemId,
        @Nullable String title,
        @Nullable Instant startAt,
        @Nullable Instant endAt,
        @Nullable LocalDate startDate,
        @Nullable LocalDate endDate,
        @Nullable @Size(max = 40) String showAs,
        @Nullable @Size(max = 1000) String iCalUId,
        @Nullable Instant originalStart,
        @Nullable Instant lastModifiedAt,
        @Nullable @Size(max = 4000) String webLink) {

    private static final int TITLE_LENGTH = 500;
    private static final Duration LONGEST = Duration.ofDays(5 * 366);

    /** The time it closes, or why it closes none. */
    sealed interface Closed {

        record Span(Instant startAt, Instant endAt) implements Closed {}

        record Nothing(String reasonCode, String detail) implements Closed {}
    }

    Closed closedIn(ZoneId zone) {
        Instant start = startAt;
        Instant end = endAt;
        try {
            if (startDate != null && endDate != null) {
                start = AllDayEntries.startOf(startDate, zone);
                end = AllDayEntries.startOf(endDate, zone);
            }
        } catch (DateTimeException e) {
            return new Closed.Nothing("REJECTED", "The dates cannot be read.");
        }
        if (start == null || end == null) {
            return new Closed.Nothing("REJECTED", "It has neither startAt and endAt nor startDate and endDate.");
        }
        if (start.equals(end)) {
            return new Closed.Nothing("NO_DURATION", "It begins and ends at the same time.");
        }
        if (end.isBefore(start)) {
            return new Closed.Nothing("REJECTED", "It ends before it begins.");
        }
        if (Duration.between(start, end).compareTo(LONGEST) > 0) {
            return new Closed.Nothing("REJECTED", "It lasts longer than five years.");
        }
        return new Closed.Span(start, end);
    }

    @JsonIgnore
    @Schema(hidden = true)
    boolean isAllDay() {
        return startDate != null && endDate != null;
    }

    /** The same text for all copies of one occurrence of one meeting; null where copies cannot be recognised. */
    @Nullable
    String copyKey() {
        if (iCalUId == null || iCalUId.isBlank()) {
            return null;
        }
        Object occurrence = originalStart != null ? originalStart : startDate != null ? startDate : startAt;
        return occurrence == null ? null : iCalUId + "|" + occurrence;
    }

    /** As it is kept: no character that PostgreSQL refuses, not longer than a title is. */
    @Nullable
    String keptTitle() {
        if (title == null || title.isBlank()) {
            return null;
        }
        String clean = title.replace("\u0000", "");
        return clean.length() <= TITLE_LENGTH ? clean : clean.substring(0, TITLE_LENGTH);
    }
}
