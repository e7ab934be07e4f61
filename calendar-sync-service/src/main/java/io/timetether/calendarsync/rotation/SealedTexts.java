package io.timetether.calendarsync.rotation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The sealed texts of all organisations, as they lie in the database; what has been used up is empty. */
final class SealedTexts {

    private static final int BATCH = 500;

    private final DataSource database;

    SealedTexts(DataSource database) {
        this.database = database;
    }

    /**
     * @param key the value of the column's key
     * @param text what lies there
     */
    record SealedText(UUID key, String text) {}

    /**
     * @param before what must still lie there, else somebody has written it anew meanwhile
     * @param after the same, sealed with another key
     */
    record Replacement(UUID key, String before, String after) {}

    /** Hands over all texts that are not under this key, batch by batch, as they were when it began. */
    void eachNotUnder(SealedColumn column, String keyId, Consumer<List<SealedText>> reader) throws SQLException {
        String select = "SELECT %2$s, %3$s FROM %1$s WHERE %3$s <> '' AND split_part(%3$s, ':', 1) <> ?"
                .formatted(column.table(), column.key(), column.column());
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false); // only so does the driver fetch in batches
            try (PreparedStatement statement = connection.prepareStatement(select)) {
                statement.setFetchSize(BATCH);
                statement.setString(1, keyId);
                try (ResultSet rows = statement.executeQuery()) {
                    List<SealedText> batch = new ArrayList<>();
                    while (rows.next()) {
                        batch.add(new SealedText(rows.getObject(1, UUID.class), rows.getString(2)));
                        if (batch.size() == BATCH) {
                            reader.accept(batch);
                            batch = new ArrayList<>();
                        }
                    }
                    reader.accept(batch);
                }
            }
            connection.rollback();
        }
    }

    /** Puts the new texts in place of the old ones, those that are still there; returns how many. */
    int replace(SealedColumn column, List<Replacement> replacements) throws SQLException {
        String update = "UPDATE %1$s SET %3$s = ? WHERE %2$s = ? AND %3$s = ?"
                .formatted(column.table(), column.key(), column.column());
        int replaced = 0;
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(update)) {
            for (Replacement one : replacements) {
                statement.setString(1, one.after());
                statement.setObject(2, one.key());
                statement.setString(3, one.before());
                statement.addBatch();
            }
            for (int changed : statement.executeBatch()) {
                replaced += changed;
            }
        }
        return replaced;
    }

    /** How many texts there are under which other key. */
    Map<String, Long> countNotUnder(SealedColumn column, String keyId) throws SQLException {
        String select = """
                SELECT split_part(%2$s, ':', 1), count(*) FROM %1$s WHERE %2$s <> '' AND split_part(%2$s, ':', 1) <> ?
                GROUP BY 1
                """.formatted(column.table(), column.column());
        Map<String, Long> counts = new TreeMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, keyId);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    counts.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return counts;
    }
}
