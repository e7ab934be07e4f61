package io.timetether.calendarsync.feed;

import io.timetether.calendarsync.connection.Trouble;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * One calendar synced for one staff member, as it was when it was read: a run keeps it for as long as it lasts. Its
 * repositories change the row, by statements that compare.
 */
@Entity
public class Feed {

    private static final Duration REMOVALS_COUNT_FOR = Duration.ofHours(1);

    @Id
    private UUID id;

    private UUID organisationId;
    private UUID connectionId;
    private UUID remoteCalendarId;
    private UUID staffId;
    private boolean reading;
    private boolean writing;

    @Enumerated(EnumType.STRING)
    private FeedState state;

    @Enumerated(EnumType.STRING)
    private @Nullable Trouble reason;

    private @Nullable String reasonText;
    private @Nullable Instant firstSyncCompletedAt;

    @JdbcTypeCode(SqlTypes.JSON)
    @Immutable
    private FeedSettings settings;

    @Enumerated(EnumType.STRING)
    private FeedProgress.Phase phase;

    private int processed;
    private int loaded;
    private int rejected;
    private @Nullable Instant finishedAt;
    private boolean removalsApproved;
    private int removalsCounted;
    private @Nullable Instant removalsCountedSince;
    private @Nullable Instant lastSyncedAt;
    private @Nullable Instant knownFrom;
    private @Nullable Instant knownUntil;
    private boolean forgetWanted;
    private long snapshotWishes;
    private long snapshotsTaken;
    private long judgingWishes;
    private long judgingsDone;
    private @Nullable String publishProblem;
    private @Nullable String outsideEditText;
    private @Nullable Instant outsideEditAt;
    private Instant createdAt;
    private Instant updatedAt;
    private long version;

    protected Feed() {}

    public UUID id() {
        return id;
    }

    public UUID organisationId() {
        return organisationId;
    }

    public UUID connectionId() {
        return connectionId;
    }

    public UUID remoteCalendarId() {
        return remoteCalendarId;
    }

    public UUID staffId() {
        return staffId;
    }

    public boolean reading() {
        return reading;
    }

    public boolean writing() {
        return writing;
    }

    public FeedState state() {
        return state;
    }

    public @Nullable Trouble reason() {
        return reason;
    }

    public @Nullable String reasonText() {
        return reasonText;
    }

    /** Null until everything has been read once. */
    public @Nullable Instant firstSyncCompletedAt() {
        return firstSyncCompletedAt;
    }

    public FeedSettings settings() {
        return settings;
    }

    public FeedProgress progress() {
        return new FeedProgress(phase, processed, loaded, rejected, finishedAt);
    }

    /** A person said that the held removals are right. */
    public boolean removalsApproved() {
        return removalsApproved;
    }

    /** How many future items runs have removed by themselves within the hour that began with the first of them. */
    public int removedLately(Instant now) {
        Instant first = removalsCountedSince;
        return first == null || !first.plus(REMOVALS_COUNT_FOR).isAfter(now) ? 0 : removalsCounted;
    }

    /** When its busy time was last confirmed. */
    public @Nullable Instant lastSyncedAt() {
        return lastSyncedAt;
    }

    /** The window that its busy time is known for, to {@link #knownUntil}. */
    public @Nullable Instant knownFrom() {
        return knownFrom;
    }

    public @Nullable Instant knownUntil() {
        return knownUntil;
    }

    /** How often a look at all appointments was wished for. */
    /** How often settings have changed: so many times what is known has to be judged again. */
    public long judgingWishes() {
        return judgingWishes;
    }

    public boolean isToBeJudgedAgain() {
        return judgingWishes != judgingsDone;
    }

    long snapshotWishes() {
        return snapshotWishes;
    }

    /** What keeps appointments from being written, for people. */
    public @Nullable String publishProblem() {
        return publishProblem;
    }

    /** What was last done about an edit of one of our events in Office 365, for people. */
    public @Nullable String outsideEditText() {
        return outsideEditText;
    }

    public @Nullable Instant outsideEditAt() {
        return outsideEditAt;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** Rises with every change that people see; progress leaves it alone, so it is ours and not Hibernate's. */
    public long version() {
        return version;
    }

    /** What it goes on as after a pause. */
    public FeedState running() {
        return firstSyncCompletedAt == null ? FeedState.FIRST_SYNC : FeedState.ACTIVE;
    }
}
