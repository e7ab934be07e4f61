package io.timetether.scheduling.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Speaks SQL on the connection of the current transaction, or on one of its own (committed at once) where there is none.
 * Arguments may be UUIDs, texts, numbers, booleans, instants, dates, byte arrays, enums (by name) and arrays of these;
 * a list stands for its elements, each an argument.
 */
@ApplicationScoped
public class Sql {

    private final DataSource dataSource;

    Sql(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** All rows, in the order of the statement. */
    public <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = prepared(connection, sql, arguments);
                ResultSet results = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            Row row = new Row(results);
            while (results.next()) {
                rows.add(reader.read(row));
            }
            return rows;
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    /** A pattern for LIKE on lower-case text that contains this one, whatever signs it has. */
    public static String containing(String text) {
        return "%" + text.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }

    /** The first row, if there is one. */
    public <T> Optional<T> find(String sql, RowReader<T> reader, @Nullable Object... arguments) {
        return list(sql, reader, arguments).stream().findFirst();
    }

    /** The first row of a statement that always has one. */
    public <T> T get(String sql, RowReader<T> reader, @Nullable Object... arguments) {
        return find(sql, reader, arguments).orElseThrow(() -> new IllegalStateException("no row: " + sql));
    }

    /** Runs a statement that returns no rows; returns how many it touched. */
    public int change(String sql, @Nullable Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = prepared(connection, sql, arguments)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, @Nullable Object[] arguments)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            int place = 0;
            for (Object argument : arguments) {
                if (argument instanceof List<?> several) {
                    for (Object one : several) {
                        statement.setObject(++place, asJdbc(connection, one));
                    }
                } else {
                    statement.setObject(++place, asJdbc(connection, argument));
                }
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static @Nullable Object asJdbc(Connection connection, @Nullable Object value) throws SQLException {
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof UUID[] ids) {
            return connection.createArrayOf("uuid", ids);
        }
        if (value instanceof String[] texts) {
            return connection.createArrayOf("text", texts);
        }
        if (value instanceof Instant[] instants) {
            return connection.createArrayOf("timestamptz", asTexts(instants));
        }
        if (value instanceof LocalDate[] dates) {
            return connection.createArrayOf("date", asTexts(dates));
        }
        if (value instanceof Long[] numbers) {
            return connection.createArrayOf("int8", numbers);
        }
        if (value instanceof Integer[] numbers) {
            return connection.createArrayOf("int4", numbers);
        }
        if (value instanceof byte[][] bytes) {
            return connection.createArrayOf("bytea", bytes);
        }
        if (value instanceof Boolean[] flags) {
            return connection.createArrayOf("bool", flags);
        }
        return value;
    }

    private static @Nullable String[] asTexts(@Nullable Object[] values) {
        @Nullable String[] texts = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            texts[i] = value == null ? null : value.toString();
        }
        return texts;
    }
}
