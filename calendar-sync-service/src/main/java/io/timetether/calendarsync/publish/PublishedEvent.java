package io.timetether.calendarsync.publish;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One appointment in one calendar: the mapping row, which outlives the event; as it was when it was read. Its repository
 * changes the row, by statements that compare.
 */
@Entity
public class PublishedEvent {

    @Id
    private UUID id;

    private UUID organisationId;
    private UUID feedId;
    private UUID remoteCalendarId;
    private UUID appointmentId;
    private @Nullable Long appointmentNumber;
    private @Nullable String eventId;
    private @Nullable String icalUid;
    private @Nullable UUID transactionId;
    private long wanted;
    private long written;
    private @Nullable String contentHash;
    private @Nullable String etag;
    private boolean edited;
    private List<String> strays;
    private int restores;
    private @Nullable Instant restoredAt;

    @Enumerated(EnumType.STRING)
    private State state;

    private boolean removalWanted;
    private boolean removalHeld;
    private @Nullable Instant endsAt;
    private int attempts;
    private Instant notBefore;
    private @Nullable String lastError;
    private Instant createdAt;
    private Instant updatedAt;

    protected PublishedEvent() {}

    /** What has become of the event. */
    public enum State {
        /** Not there yet, and nothing has been sent. */
        WANTED,
        /** A create was sent, and its answer may have been lost. */
        CREATING,
        WRITTEN,
        REMOVED,
        /** Left in the calendar on purpose when its feed stopped. */
        KEPT,
        /** Refused for good; a new change of the appointment tries again. */
        FAILED
    }

    public UUID id() {
        return id;
    }

    public UUID organisationId() {
        return organisationId;
    }

    public UUID feedId() {
        return feedId;
    }

    public UUID remoteCalendarId() {
        return remoteCalendarId;
    }

    public UUID appointmentId() {
        return appointmentId;
    }

    public @Nullable String eventId() {
        return eventId;
    }

    /** Committed before the create is sent; a new one for each re-creation. */
    public @Nullable UUID transactionId() {
        return transactionId;
    }

    /** Rises whenever something that is written may have changed. */
    public long wanted() {
        return wanted;
    }

    /** The value of {@link #wanted} that Office 365 shows. */
    public long written() {
        return written;
    }

    public @Nullable String contentHash() {
        return contentHash;
    }

    /** Somebody changed or deleted it in Office 365, and that has not been answered yet. */
    public boolean edited() {
        return edited;
    }

    /** Other events of ours for the same appointment, which are nobody's and shall go. */
    List<String> strays() {
        return strays;
    }

    /** How often it was put back within the hour that began with the first of these. */
    int restoresAt(Instant now) {
        Instant first = restoredAt;
        return first == null
                        || !first.plus(OutsideEditPolicy.RESTORES_COUNT_FOR).isAfter(now)
                ? 0
                : restores;
    }

    public State state() {
        return state;
    }

    /** It stands in the calendar, and nobody asked for it to go. */
    boolean lostWithoutAWord() {
        return eventId != null && !removalWanted && (state == State.WRITTEN || state == State.FAILED);
    }

    /** The event shall go whatever the appointment says. */
    public boolean removalWanted() {
        return removalWanted;
    }

    public int attempts() {
        return attempts;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
