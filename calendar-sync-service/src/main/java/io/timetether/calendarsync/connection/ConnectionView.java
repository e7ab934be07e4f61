package io.timetether.calendarsync.connection;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A connection as the API shows it. {@code authorizationUrl} only where a sign-in has just begun. */
@Schema(name = "CalendarConnection")
public record ConnectionView(
        UUID id,
        UUID staffId,
        String provider,
        @Nullable AccountView account,
        ConnectionState state,
        @Nullable String reason,
        @Nullable String reasonCode,
        @Nullable String remedy,
        @Nullable WrittenEvents writtenEvents,
        Instant createdAt,
        @Nullable Instant lastRefreshedAt,
        long version,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String authorizationUrl) {

    public static final String PROVIDER = "office365";

    /** The Microsoft account, for display. */
    public record AccountView(String address, String name) {}

    public static ConnectionView of(Connection connection) {
        return of(connection, null);
    }

    public static ConnectionView of(Connection connection, @Nullable String authorizationUrl) {
        Trouble reason = connection.reason();
        String address = connection.accountAddress();
        String name = connection.accountName();
        return new ConnectionView(
                connection.id(),
                connection.staffId(),
                PROVIDER,
                address == null ? null : new AccountView(address, name == null ? "" : name),
                connection.state(),
                reason == null ? null : reason.sentence(),
                reason == null ? null : reason.code(),
                reason == null ? null : reason.remedy(),
                connection.writtenEvents(),
                connection.createdAt(),
                connection.lastRefreshedAt(),
                connection.version(),
                authorizationUrl);
    }
}
