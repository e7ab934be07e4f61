package io.timetether.calendarsync.scheduling;

import org.jspecify.annotations.Nullable;

/**
 * What scheduling-service made of one item.
 *
 * @param number  by which the entry is found, one sequence per organisation
 * @param version rises with each change of the verdict
 */
public record ItemResult(
        String itemId,
        Outcome outcome,
        @Nullable String reasonCode,
        @Nullable Long number,
        @Nullable String detail,
        long version) {}
