package io.timetether.calendarsync.database;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Speaks SQL on the connection of the current transaction, or on one of its own (committed at once) where there is none.
 * What Hibernate still holds back is written first, and what it has read is forgotten after a change, so that no entity is
 * ever older than a statement of the same transaction. Arguments may be UUIDs, texts, numbers, booleans, instants, dates,
 * byte arrays, enums (by name) and arrays of UUIDs, texts, instants, dates, numbers
 * or booleans.
 */
@ApplicationScoped
public class Sql {

    private final DataSource dataSource;
    private final EntityManager entities;

    Sql(DataSource dataSource, EntityManager entities) {
        this.dataSource = dataSource;
        this.entities = entities;
    }

    /** All rows of a query, in its order. */
    public <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... arguments) {
        flush();
        return rows(sql, reader, arguments);
    }

    /** The first row of a query, if there is one. */
    public <T> Optional<T> find(String sql, RowReader<T> reader, @Nullable Object... arguments) {
        return list(sql, reader, arguments).stream().findFirst();
    }

    /** The first row of a query that always has one. */
    public <T> T get(String sql, RowReader<T> reader, @Nullable Object... arguments) {
        return find(sql, reader, arguments).orElseThrow(() -> new IllegalStateException("no row: " + sql));
    }

    /** Runs a statement that changes rows; returns how many. */
    public int change(String sql, @Nullable Object... arguments) {
        flush();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, arguments);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        } finally {
            forget();
        }
    }

    /** Runs a statement that changes rows and answers something of each ({@code RETURNING}). */
    public <T> List<T> changed(String sql, RowReader<T> reader, @Nullable Object... arguments) {
        flush();
        try {
            return rows(sql, reader, arguments);
        } finally {
            forget();
        }
    }

    private <T> List<T> rows(String sql, RowReader<T> reader, @Nullable Object[] arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, arguments);
            try (ResultSet results = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                Row row = new Row(results);
                while (results.next()) {
                    rows.add(reader.read(row));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    private void flush() {
        if (QuarkusTransaction.isActive()) {
            entities.flush();
        }
    }

    private void forget() {
        if (QuarkusTransaction.isActive()) {
            entities.clear();
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, @Nullable Object[] arguments)
            throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, asJdbc(connection, arguments[i]));
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
        if (value instanceof Boolean[] flags) {
            return connection.createArrayOf("bool", flags);
        }
        return value;
    }

    private static @Nullable String[] asTexts(@Nullable Object[] values) {
        return Arrays.stream(values)
                .map(value -> value == null ? null : value.toString())
                .toArray(String[]::new);
    }
}
