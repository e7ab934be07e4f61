package io.timetether.calendarsync.graph.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/** A subscription as Graph answers it; its secret stays with us. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SubscriptionJson(
        @Nullable String id,
        @Nullable String resource,
        @Nullable String notificationUrl,
        @Nullable String expirationDateTime) {}
