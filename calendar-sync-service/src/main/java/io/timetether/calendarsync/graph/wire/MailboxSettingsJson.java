package io.timetether.calendarsync.graph.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/** The settings of a mailbox, as far as they concern time. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MailboxSettingsJson(@Nullable String timeZone) {}
