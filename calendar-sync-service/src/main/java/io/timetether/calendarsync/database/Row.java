package io.timetether.calendarsync.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The current row of a result, by column name. A method that does not say {@code OrNull} fails on NULL. */
public final class Row {

    private final ResultSet results;

    Row(ResultSet results) {
        this.results = results;
    }

    public UUID uuid(String column) throws SQLException {
        return present(column, uuidOrNull(column));
    }

    public @Nullable UUID uuidOrNull(String column) throws SQLException {
        return results.getObject(column, UUID.class);
    }

    public String text(String column) throws SQLException {
        return present(column, textOrNull(column));
    }

    public @Nullable String textOrNull(String column) throws SQLException {
        return results.getString(column);
    }

    public long number(String column) throws SQLException {
        return present(column, numberOrNull(column));
    }

    public @Nullable Long numberOrNull(String column) throws SQLException {
        long value = results.getLong(column);
        return results.wasNull() ? null : value;
    }

    public boolean flag(String column) throws SQLException {
        return present(column, results.getObject(column, Boolean.class));
    }

    public Instant instant(String column) throws SQLException {
        return present(column, instantOrNull(column));
    }

    public @Nullable Instant instantOrNull(String column) throws SQLException {
        OffsetDateTime value = results.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    public byte @Nullable [] bytesOrNull(String column) throws SQLException {
        return results.getBytes(column);
    }

    private static <T> T present(String column, @Nullable T value) {
        return Objects.requireNonNull(value, column);
    }
}
