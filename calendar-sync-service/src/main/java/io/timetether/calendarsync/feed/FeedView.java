package io.timetether.calendarsync.feed;

import io.timetether.calendarsync.account.RemoteCalendar;
import io.timetether.calendarsync.connection.Trouble;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A feed as the API shows it. */
@Schema(name = "SyncFeed")
public record FeedView(
        UUID id,
        UUID staffId,
        UUID connectionId,
        CalendarView calendar,
        boolean reading,
        boolean writing,
        FeedState state,
        @Nullable String reason,
        @Nullable String reasonCode,
        @Nullable String remedy,
        FeedSettings settings,
        @Nullable Instant lastSyncedAt,
        @Nullable Instant knownFrom,
        @Nullable Instant knownUntil,
        FeedProgress progress,
        Notifications notifications,
        @Nullable String writingProblem,
        @Nullable OutsideEdit lastOutsideEdit,
        Instant createdAt,
        long version) {

    /** The calendar that is synced. */
    @Schema(name = "FeedCalendar")
    public record CalendarView(
            String id, String name, @Nullable String owner, boolean canEdit, boolean isDefault) {}

    /**
     * How changes reach us.
     *
     * @param problem why Microsoft sends none; the calendar is polled then
     */
    @Schema(name = "FeedNotifications")
    public record Notifications(boolean active, @Nullable String problem) {}

    /** What was last done about an edit of one of our events in Office 365. */
    @Schema(name = "OutsideEdit")
    public record OutsideEdit(Instant at, String text) {

        static @Nullable OutsideEdit of(Feed feed) {
            Instant at = feed.outsideEditAt();
            String text = feed.outsideEditText();
            return at == null || text == null ? null : new OutsideEdit(at, text);
        }
    }

    static FeedView of(Feed feed, RemoteCalendar calendar, Instant now) {
        Trouble reason = feed.reason();
        String text = feed.reasonText();
        return new FeedView(
                feed.id(),
                feed.staffId(),
                feed.connectionId(),
                new CalendarView(
                        calendar.graphId(),
                        calendar.name(),
                        calendar.ownerName() == null ? calendar.ownerAddress() : calendar.ownerName(),
                        calendar.canEdit(),
                        calendar.isDefault()),
                feed.reading(),
                feed.writing(),
                feed.state(),
                text != null ? text : reason == null ? null : reason.sentence(),
                reason == null ? null : reason.code(),
                reason == null ? null : reason.remedy(),
                feed.settings(),
                feed.lastSyncedAt(),
                feed.knownFrom(),
                feed.knownUntil(),
                feed.progress(),
                new Notifications(calendar.isSubscribed(now), calendar.subscriptionProblem()),
                feed.publishProblem(),
                OutsideEdit.of(feed),
                feed.createdAt(),
                feed.version());
    }
}
