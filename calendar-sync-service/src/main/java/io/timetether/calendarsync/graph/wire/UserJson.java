package io.timetether.calendarsync.graph.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/** The signed-in person ({@code /me}). */
@JsonIgnoreProperties(ignoreUnknown = true)
public record UserJson(
        @Nullable String id,
        @Nullable String displayName,
        @Nullable String mail,
        @Nullable String userPrincipalName) {}
