package io.timetether.calendarsync.stopping;

import io.timetether.calendarsync.connection.WrittenEvents;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** @param writtenEvents whether the events that Timetether wrote stay in the calendar or are removed */
@Schema(name = "StopSync")
record Stop(@NotNull WrittenEvents writtenEvents) {}
