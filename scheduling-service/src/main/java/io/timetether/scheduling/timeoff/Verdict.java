package io.timetether.scheduling.timeoff;

import org.jspecify.annotations.Nullable;

/** Whether an imported item blocks; if not, why not. */
record Verdict(@Nullable String reasonCode, @Nullable String detail) {

    static final String ALREADY_IN_CALENDAR = "ALREADY_IN_CALENDAR";
    static final Verdict LOADED = new Verdict(null, null);
    static final Verdict COPY = new Verdict(
            ALREADY_IN_CALENDAR, "The same meeting blocks already, from another calendar of this staff member.");

    boolean isLoaded() {
        return reasonCode == null;
    }

    String outcome() {
        return isLoaded() ? "LOADED" : "REJECTED";
    }
}
