package io.timetether.calendarsync.graph;

import io.timetether.calendarsync.plan.Sensitivity;
import io.timetether.calendarsync.plan.ShowAs;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an event that are ours, as they shall be. There is no field for attendees: nobody is invited twice.
 *
 * @param startAt written in UTC
 * @param bodyHtml the whole body, what the person added included
 * @param categories all categories, the person's included
 * @param reminderMinutes before the start; null for no reminder
 */
public record EventDraft(
        String subject,
        Instant startAt,
        Instant endAt,
        String bodyHtml,
        @Nullable String location,
        ShowAs showAs,
        Sensitivity sensitivity,
        List<String> categories,
        @Nullable Integer reminderMinutes) {

    public EventDraft {
        categories = List.copyOf(categories);
    }
}
