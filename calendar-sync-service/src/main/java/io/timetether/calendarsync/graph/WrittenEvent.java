package io.timetether.calendarsync.graph;

import io.timetether.calendarsync.plan.EventTime;
import io.timetether.calendarsync.plan.Sensitivity;
import io.timetether.calendarsync.plan.ShowAs;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as Graph returned it, as far as we compare it.
 *
 * @param etag       for If-Match
 * @param body       the content as Exchange stored it: HTML wrapped
 * @param reminderMinutes null when the reminder is off
 * @param mark       the value of the extended property that was asked for; null if it has none or none was asked for
 */
public record WrittenEvent(
        String id,
        @Nullable String iCalUId,
        @Nullable String etag,
        @Nullable String transactionId,
        @Nullable String subject,
        EventTime when,
        @Nullable String body,
        @Nullable String location,
        ShowAs showAs,
        Sensitivity sensitivity,
        List<String> categories,
        @Nullable Integer reminderMinutes,
        boolean cancelled,
        @Nullable String webLink,
        @Nullable Instant lastModifiedAt,
        @Nullable String mark) {

    public WrittenEvent {
        categories = List.copyOf(categories);
    }
}
