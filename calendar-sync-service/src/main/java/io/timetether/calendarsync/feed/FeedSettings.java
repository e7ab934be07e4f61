package io.timetether.calendarsync.feed;

import io.timetether.calendarsync.plan.BlockPolicy;
import io.timetether.calendarsync.plan.FeedRules;
import io.timetether.calendarsync.plan.Sensitivity;
import io.timetether.calendarsync.plan.ShowAs;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person may choose for a feed.
 *
 * @param showAs          what each way of showing time does
 * @param allDay          whether all-day events follow {@code showAs} or are left out
 * @param hideSubjects    subjects are kept encrypted and told to nobody but the calendar's owner
 * @param shareSubjects   colleagues read the subjects instead of "Busy"
 * @param outsideEdits    what happens when somebody edits one of our events in Office 365
 * @param titleTemplate   of written events; null: the default for this calendar
 * @param bodyTemplate    extra text for the body; null: none
 * @param showClients     whether names and contacts of clients may be seen there; null: the default for this calendar
 * @param reminderMinutes before the start; null: no reminder
 * @param statuses        appointments of these statuses are written; null: all
 * @param serviceIds      appointments of these services are written; null: all
 * @param locationIds     appointments at these locations are written; null: all
 */
public record FeedSettings(
        @NotNull Map<ShowAs, BlockPolicy> showAs,
        @NotNull BlockPolicy allDay,
        boolean hideSubjects,
        boolean shareSubjects,
        @NotNull OutsideEdits outsideEdits,
        @Nullable @Size(max = 200) String titleTemplate,
        @Nullable @Size(max = 4000) String bodyTemplate,
        @Nullable Boolean showClients,
        boolean showLocation,
        @NotNull ShowAs eventShowAs,
        @NotNull Sensitivity sensitivity,
        @Nullable @Min(0) @Max(40320) Integer reminderMinutes,
        @Nullable List<Status> statuses,
        @Nullable List<UUID> serviceIds,
        @Nullable List<UUID> locationIds) {

    /** The statuses of appointments that occupy time. */
    public enum Status {
        PENDING,
        OPEN,
        CONFIRMED,
        CHECKED_IN,
        IN_PROGRESS,
        COMPLETED,
        NO_SHOW
    }

    /** What happens to our events when they are edited in Office 365 (product.md §5). */
    public enum OutsideEdits {
        RESTORE,
        APPLY,
        REPORT
    }

    public FeedSettings {
        Map<ShowAs, BlockPolicy> complete = new EnumMap<>(FeedRules.DEFAULT_SHOW_AS);
        if (showAs != null) {
            complete.putAll(showAs);
        }
        showAs = Map.copyOf(complete);
    }

    /** The same with subjects hidden. */
    public FeedSettings withHiddenSubjects() {
        return new FeedSettings(
                showAs,
                allDay,
                true,
                shareSubjects,
                outsideEdits,
                titleTemplate,
                bodyTemplate,
                showClients,
                showLocation,
                eventShowAs,
                sensitivity,
                reminderMinutes,
                statuses,
                serviceIds,
                locationIds);
    }

    /** What a feed starts with. */
    public static FeedSettings defaults() {
        return new FeedSettings(
                FeedRules.DEFAULT_SHOW_AS,
                BlockPolicy.BLOCK,
                false,
                false,
                OutsideEdits.RESTORE,
                null,
                null,
                null,
                true,
                ShowAs.BUSY,
                Sensitivity.NORMAL,
                15,
                null,
                null,
                null);
    }
}
