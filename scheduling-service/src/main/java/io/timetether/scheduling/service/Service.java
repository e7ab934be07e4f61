package io.timetether.scheduling.service;

import io.timetether.scheduling.directory.DirectoryEntry;
import jakarta.persistence.Entity;
import jakarta.persistence.Transient;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What can be booked. Durations, buffers and notice in minutes, horizon in days from now. The grid divides the hour of
 * the staff member's clock: 5, 10, 15, 20, 30 or 60.
 */
@Entity
public class Service extends DirectoryEntry {

    public int durationMinutes;
    public int bufferBeforeMinutes;
    public int bufferAfterMinutes;
    public int slotGridMinutes;
    public int minimumNoticeMinutes;
    public int horizonDays;
    public boolean needsConfirmation;

    /** How long before the start a client may still move or cancel by themself, if longer than the organisation's. */
    public int moveCutOffMinutes;

    public int cancelCutOffMinutes;

    /** True if every active staff member offers it, those that come later too; then {@code staffIds} is empty. */
    public boolean offeredByAll;

    /** Where it takes place; null: wherever the staff member is, or where the client chooses. */
    public @Nullable UUID locationId;

    /** How many appointments a day (of the staff member's zone) one staff member takes; null: as many as fit. */
    public @Nullable Integer maxPerDayStaff;

    /** How many a day (of the organisation's zone) all staff members take together; null: as many as fit. */
    public @Nullable Integer maxPerDayOrganisation;

    @Transient
    @Schema(readOnly = true)
    public List<UUID> staffIds = List.of();

    /** Whether a day has a maximum, of one staff member or of all together. */
    public boolean hasDailyMaximum() {
        return maxPerDayStaff != null || maxPerDayOrganisation != null;
    }
}
