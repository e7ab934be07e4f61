package io.timetether.calendarsync.graph;

import io.timetether.calendarsync.graph.wire.DateTimeZone;
import io.timetether.calendarsync.graph.wire.EventJson;
import io.timetether.calendarsync.plan.EventTime;
import io.timetether.calendarsync.plan.MarkSeen;
import io.timetether.calendarsync.plan.RemoteEvent;
import io.timetether.calendarsync.plan.Sensitivity;
import io.timetether.calendarsync.plan.ShowAs;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From Graph's JSON to what the rest of the service speaks. */
final class EventReading {
    private EventReading() {}

    /** A single event or an exception: complete in itself. */
    static RemoteEvent complete(EventJson event) {
        return new RemoteEvent(
                event.id() == null ? "" : event.id(),
                event.seriesMasterId(),
                event.iCalUId(),
                event.transactionId(),
                event.subject(),
                when(event, isAllDay(event)),
                ShowAs.of(event.showAs()),
                sensitivity(event.sensitivity()),
                Boolean.TRUE.equals(event.isCancelled()),
                isDeclined(event),
                instant(event.originalStart()),
                instant(event.lastModifiedDateTime()),
                event.webLink(),
                event.etag(),
                MarkSeen.NOT_READ);
    }

    /**
     * A bare occurrence, which has its own times and nothing else: the rest is what its series says. The master's own
     * times are those of the first occurrence, maybe years ago.
     */
    static RemoteEvent ofSeries(EventJson occurrence, Series series) {
        RemoteEvent master = series.master();
        EventTime when = when(occurrence, series.allDay());
        return new RemoteEvent(
                Objects.requireNonNull(occurrence.id()),
                occurrence.seriesMasterId(),
                occurrence.iCalUId() != null ? occurrence.iCalUId() : master.iCalUId(),
                master.transactionId(),
                master.subject(),
                when,
                master.showAs(),
                master.sensitivity(),
                master.cancelled(),
                master.declined(),
                when.startsAt(ZoneOffset.UTC),
                master.lastModifiedAt(),
                master.webLink(),
                occurrence.etag(),
                MarkSeen.NOT_READ);
    }

    /** What a master says for all its bare occurrences; its body is not kept for the length of the round. */
    static Series series(EventJson master) {
        return new Series(complete(master), isAllDay(master));
    }

    /** A series, as far as its occurrences need it. */
    record Series(RemoteEvent master, boolean allDay) {}

    /** An event that we may have written, with the value of the mark that was asked for. */
    static WrittenEvent written(EventJson event, @Nullable String markPropertyId) {
        List<EventJson.Property> properties = event.singleValueExtendedProperties();
        String mark = properties == null || markPropertyId == null
                ? null
                : properties.stream()
                        .filter(property -> property.id() != null && markPropertyId.equalsIgnoreCase(property.id()))
                        .map(EventJson.Property::value)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        return new WrittenEvent(
                Objects.requireNonNull(event.id()),
                event.iCalUId(),
                event.etag(),
                event.transactionId(),
                event.subject(),
                when(event, isAllDay(event)),
                event.body() == null ? null : event.body().content(),
                event.location() == null ? null : event.location().displayName(),
                ShowAs.of(event.showAs()),
                sensitivity(event.sensitivity()),
                event.categories() == null ? List.of() : event.categories(),
                Boolean.TRUE.equals(event.isReminderOn()) ? event.reminderMinutesBeforeStart() : null,
                Boolean.TRUE.equals(event.isCancelled()),
                event.webLink(),
                instant(event.lastModifiedDateTime()),
                mark);
    }

    private static EventTime when(EventJson event, boolean allDay) {
        DateTimeZone start = event.start();
        DateTimeZone end = event.end();
        if (start == null || end == null || start.dateTime() == null || end.dateTime() == null) {
            return new EventTime.UnknownZone("none", "", "");
        }
        try {
            if (allDay) {
                // Midnight to midnight, unshifted, whatever zone was preferred: a date and not an instant.
                return new EventTime.AllDay(
                        LocalDateTime.parse(start.dateTime()).toLocalDate(),
                        LocalDateTime.parse(end.dateTime()).toLocalDate());
            }
            Instant startAt = instant(start);
            Instant endAt = instant(end);
            if (startAt != null && endAt != null) {
                return new EventTime.Timed(startAt, endAt);
            }
        } catch (DateTimeException unreadable) {
            // Falls through: a time that cannot be read is treated as one in a zone that is not known.
        }
        String zone = start.timeZone() == null ? "none" : start.timeZone();
        return new EventTime.UnknownZone(zone, start.dateTime(), end.dateTime());
    }

    /** Graph writes local times without an offset; some of its neighbours add a Z. */
    private static @Nullable Instant instant(DateTimeZone time) {
        String text = Objects.requireNonNull(time.dateTime());
        if (text.endsWith("Z")) {
            return Instant.parse(text);
        }
        return switch (GraphZones.of(time.timeZone())) {
            case GraphZone.Known known ->
                LocalDateTime.parse(text).atZone(known.zone()).toInstant();
            case GraphZone.Custom custom -> null;
            case GraphZone.Unknown unknown -> null;
        };
    }

    static @Nullable Instant instant(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static boolean isAllDay(EventJson event) {
        return Boolean.TRUE.equals(event.isAllDay());
    }

    private static boolean isDeclined(EventJson event) {
        return event.responseStatus() != null
                && "declined".equalsIgnoreCase(event.responseStatus().response());
    }

    /** A word that is new is taken for the strictest that the product knows: nothing private may be told by mistake. */
    private static Sensitivity sensitivity(@Nullable String wire) {
        if (wire == null) {
            return Sensitivity.NORMAL;
        }
        return switch (wire.toLowerCase(Locale.ROOT)) {
            case "normal" -> Sensitivity.NORMAL;
            case "personal" -> Sensitivity.PERSONAL;
            case "confidential" -> Sensitivity.CONFIDENTIAL;
            default -> Sensitivity.PRIVATE;
        };
    }
}
