package io.timetether.calendarsync.feed;

import io.timetether.calendarsync.plan.Sensitivity;
import io.timetether.calendarsync.scheduling.Outcome;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One event as a feed saw it, with what became of it. */
@Entity
@IdClass(FeedItem.Key.class)
public class FeedItem {

    /** The verdict of an item that blocks time here. */
    public static final String LOADED = "LOADED";

    /** On its way: put, and not answered yet. */
    public static final String WAITING = "WAITING";

    /** Of which feed, and which item. */
    public record Key(UUID feedId, UUID itemId) {}

    @Id
    private UUID feedId;

    @Id
    private UUID itemId;

    private UUID organisationId;
    private String remoteId;
    private String verdict;
    private long verdictVersion;
    private @Nullable String detail;
    private @Nullable Long number;
    private boolean sent;
    private @Nullable Instant startsAt;
    private @Nullable Instant endsAt;
    private @Nullable LocalDate startDate;
    private @Nullable LocalDate endDate;
    private @Nullable String subject;
    private @Nullable String subjectSealed;
    private @Nullable String showAs;
    private @Nullable String seriesId;
    private @Nullable String icalUid;
    private @Nullable Instant originalStart;

    @Enumerated(EnumType.STRING)
    private @Nullable Sensitivity sensitivity;

    private @Nullable String webLink;
    private String contentHash;
    private @Nullable Instant lastModifiedAt;
    private Instant processedAt;
    private boolean held;

    protected FeedItem() {}

    public FeedItem(
            UUID feedId,
            UUID organisationId,
            UUID itemId,
            String remoteId,
            String verdict,
            @Nullable String detail,
            @Nullable Long number,
            boolean sent,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            @Nullable LocalDate startDate,
            @Nullable LocalDate endDate,
            @Nullable String subject,
            @Nullable String subjectSealed,
            @Nullable String showAs,
            @Nullable String seriesId,
            @Nullable String icalUid,
            @Nullable Instant originalStart,
            Sensitivity sensitivity,
            @Nullable String webLink,
            String contentHash,
            @Nullable Instant lastModifiedAt,
            Instant processedAt) {
        this.feedId = feedId;
        this.organisationId = organisationId;
        this.itemId = itemId;
        this.remoteId = remoteId;
        this.verdict = verdict;
        this.detail = detail;
        this.number = number;
        this.sent = sent;
        this.startsAt = startsAt;
        this.endsAt = endsAt;
        this.startDate = startDate;
        this.endDate = endDate;
        this.subject = subject;
        this.subjectSealed = subjectSealed;
        this.showAs = showAs;
        this.seriesId = seriesId;
        this.icalUid = icalUid;
        this.originalStart = originalStart;
        this.sensitivity = sensitivity;
        this.webLink = webLink;
        this.contentHash = contentHash;
        this.lastModifiedAt = lastModifiedAt;
        this.processedAt = processedAt;
    }

    UUID feedId() {
        return feedId;
    }

    UUID organisationId() {
        return organisationId;
    }

    public UUID itemId() {
        return itemId;
    }

    public String remoteId() {
        return remoteId;
    }

    /** LOADED or the reason code. */
    public String verdict() {
        return verdict;
    }

    /** Why not, in words. */
    public @Nullable String detail() {
        return detail;
    }

    /** By which the entry is found in Timetether. */
    public @Nullable Long number() {
        return number;
    }

    /** It blocks by our rules, so scheduling-service holds it. */
    public boolean sent() {
        return sent;
    }

    public @Nullable Instant startsAt() {
        return startsAt;
    }

    public @Nullable Instant endsAt() {
        return endsAt;
    }

    public @Nullable LocalDate startDate() {
        return startDate;
    }

    public @Nullable LocalDate endDate() {
        return endDate;
    }

    /** Null when there is none, or when it is hidden. */
    public @Nullable String subject() {
        return subject;
    }

    /** What only the calendar's owner may read. */
    public @Nullable String subjectSealed() {
        return subjectSealed;
    }

    public @Nullable String showAs() {
        return showAs;
    }

    public @Nullable String seriesId() {
        return seriesId;
    }

    public @Nullable String icalUid() {
        return icalUid;
    }

    public @Nullable Instant originalStart() {
        return originalStart;
    }

    /** Null in rows from before it was kept. */
    public @Nullable Sensitivity sensitivity() {
        return sensitivity;
    }

    @Nullable
    String sensitivityName() {
        return sensitivity == null ? null : sensitivity.name();
    }

    public @Nullable String webLink() {
        return webLink;
    }

    public String contentHash() {
        return contentHash;
    }

    public @Nullable Instant lastModifiedAt() {
        return lastModifiedAt;
    }

    public Instant processedAt() {
        return processedAt;
    }

    public boolean loaded() {
        return verdict.equals(LOADED);
    }

    /** What a hidden subject is bound to. */
    public static String sealedRow(UUID itemId) {
        return "feed-item/" + itemId;
    }

    /** How the verdict is written down. */
    public static String verdict(Outcome outcome, @Nullable String reasonCode) {
        return switch (outcome) {
            case LOADED -> LOADED;
            case REJECTED -> reasonCode == null ? "REJECTED" : reasonCode;
        };
    }
}
