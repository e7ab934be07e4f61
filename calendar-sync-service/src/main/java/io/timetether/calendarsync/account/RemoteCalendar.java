package io.timetether.calendarsync.account;

import io.timetether.calendarsync.plan.SyncWindow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One calendar of a Microsoft account, with what all feeds of it share; as it was when it was read. Its repository changes
 * the row, by statements that compare.
 */
@Entity
public class RemoteCalendar {

    /** After that, the whole window is tried again. */
    private static final Duration NARROW_FOR = Duration.ofDays(1);

    @Id
    private UUID id;

    private UUID accountId;
    private String graphId;
    private String name;
    private @Nullable String ownerName;
    private @Nullable String ownerAddress;
    private boolean canEdit;

    @Column(name = "is_default")
    private boolean defaultCalendar;

    private long fence;
    private @Nullable String deltaLink;
    private @Nullable Instant windowFrom;
    private @Nullable Instant windowUntil;
    private @Nullable Instant readInFullAt;
    private @Nullable Integer narrowedMonths;
    private @Nullable Instant narrowedAt;
    private long fullReadWishes;
    private long fullReadsDone;
    private @Nullable Instant confirmedAt;
    private @Nullable Instant notifiedAt;

    @Enumerated(EnumType.STRING)
    private SubscriptionState subscriptionState;

    private @Nullable String subscriptionId;
    private byte @Nullable [] subscriptionSecretHash;
    private @Nullable UUID subscriptionConnectionId;
    private @Nullable Instant subscriptionExpiresAt;
    private @Nullable Instant subscriptionRetryAt;
    private @Nullable String subscriptionProblem;

    protected RemoteCalendar() {}

    /** How changes come to us. */
    public enum SubscriptionState {
        NONE,
        CREATING,
        ACTIVE,
        REFUSED
    }

    public UUID id() {
        return id;
    }

    public UUID accountId() {
        return accountId;
    }

    public String graphId() {
        return graphId;
    }

    public String name() {
        return name;
    }

    public @Nullable String ownerName() {
        return ownerName;
    }

    public @Nullable String ownerAddress() {
        return ownerAddress;
    }

    public boolean canEdit() {
        return canEdit;
    }

    public boolean isDefault() {
        return defaultCalendar;
    }

    /** Of the run that read this row; rises with every run. */
    public long fence() {
        return fence;
    }

    /** Where the next round goes on; null: nothing has been read to its end yet. */
    public @Nullable String deltaLink() {
        return deltaLink;
    }

    public @Nullable Instant windowFrom() {
        return windowFrom;
    }

    public @Nullable Instant windowUntil() {
        return windowUntil;
    }

    public @Nullable Instant readInFullAt() {
        return readInFullAt;
    }

    /**
     * How many months ahead are read: as many as the product wants, or fewer for a day after rounds that did not end.
     *
     * @param usual what the product wants
     */
    public int monthsAhead(Instant now, int usual) {
        Integer narrowed = narrowedMonths;
        Instant since = narrowedAt;
        return narrowed != null && since != null && since.plus(NARROW_FOR).isAfter(now)
                ? Math.min(usual, narrowed)
                : usual;
    }

    /**
     * Whether the last full read is about a week ago: what a delta round might have missed unseen is found then. Each calendar
     * has an hour of its own between the sixth and the eighth day, so that they do not all come at once.
     */
    public boolean isDueForFullRead(Instant now) {
        Instant read = readInFullAt;
        long hours = 6 * 24 + Math.floorMod(id.hashCode(), 48);
        return read != null && !read.plus(Duration.ofHours(hours)).isAfter(now);
    }

    /** While it differs from {@link #fullReadsDone}, the next run reads the whole window. */
    public long fullReadWishes() {
        return fullReadWishes;
    }

    public long fullReadsDone() {
        return fullReadsDone;
    }

    public @Nullable Instant confirmedAt() {
        return confirmedAt;
    }

    public @Nullable Instant notifiedAt() {
        return notifiedAt;
    }

    public SubscriptionState subscriptionState() {
        return subscriptionState;
    }

    public @Nullable String subscriptionId() {
        return subscriptionId;
    }

    byte @Nullable [] subscriptionSecretHash() {
        return subscriptionSecretHash;
    }

    public @Nullable UUID subscriptionConnectionId() {
        return subscriptionConnectionId;
    }

    public @Nullable Instant subscriptionExpiresAt() {
        return subscriptionExpiresAt;
    }

    public @Nullable Instant subscriptionRetryAt() {
        return subscriptionRetryAt;
    }

    public @Nullable String subscriptionProblem() {
        return subscriptionProblem;
    }

    /** The window that the cursor covers; null before the first complete read. */
    public @Nullable SyncWindow window() {
        Instant from = windowFrom;
        Instant until = windowUntil;
        return from == null || until == null ? null : new SyncWindow(from, until);
    }

    public boolean fullReadWanted() {
        return deltaLink == null || fullReadWishes != fullReadsDone;
    }

    /** Whether Microsoft tells us about changes, so that polling is only a safety net. */
    public boolean isSubscribed(Instant now) {
        return subscriptionState == SubscriptionState.ACTIVE
                && subscriptionExpiresAt != null
                && subscriptionExpiresAt.isAfter(now);
    }

    /** What is subscribed to: the form that Microsoft is known to notify for. */
    public String resource() {
        return defaultCalendar ? "me/events" : "me/calendars/" + graphId + "/events";
    }
}
