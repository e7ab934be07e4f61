package io.timetether.calendarsync.publish;

import io.timetether.calendarsync.feed.Feed;
import io.timetether.calendarsync.feed.FeedSettings;
import io.timetether.calendarsync.scheduling.AppointmentState;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether an appointment shall stand in the calendar of a feed. PURE. */
final class WhatIsWritten {

    private static final String CANCELLED = "CANCELLED";

    private WhatIsWritten() {}

    /** @param appointment as it is now; null: it has been erased */
    static boolean shows(Feed feed, @Nullable AppointmentState appointment) {
        FeedSettings settings = feed.settings();
        return appointment != null
                && feed.writing()
                && !appointment.status().equals(CANCELLED)
                && appointment.organisationId().equals(feed.organisationId())
                && appointment.staffId().equals(feed.staffId())
                && (settings.statuses() == null
                        || settings.statuses().stream()
                                .anyMatch(status -> status.name().equals(appointment.status())))
                && among(settings.serviceIds(), appointment.service().id())
                && (settings.locationIds() == null
                        || (appointment.location() != null
                                && among(
                                        settings.locationIds(),
                                        appointment.location().id())));
    }

    private static boolean among(@Nullable Collection<UUID> chosen, UUID id) {
        return chosen == null || chosen.contains(id);
    }
}
