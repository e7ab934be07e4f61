package io.timetether.calendarsync.graph;

import org.jspecify.annotations.Nullable;

/** Who a mailbox belongs to ({@code /me}). */
public record MailboxProfile(
        String id, @Nullable String displayName, @Nullable String address) {}
