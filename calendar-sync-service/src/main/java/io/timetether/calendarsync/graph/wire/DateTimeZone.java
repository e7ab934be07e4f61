package io.timetether.calendarsync.graph.wire;

import org.jspecify.annotations.Nullable;

/** Graph's {@code dateTimeTimeZone}: a local time with up to seven fraction digits, and a Windows or IANA zone name. */
public record DateTimeZone(
        @Nullable String dateTime, @Nullable String timeZone) {}
