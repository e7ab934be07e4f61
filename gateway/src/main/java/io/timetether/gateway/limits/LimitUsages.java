package io.timetether.gateway.limits;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** What all gateways together have counted, by caller and minute. */
@ApplicationScoped
class LimitUsages {

    private final DataSource database;

    LimitUsages(DataSource database) {
        this.database = database;
    }

    /**
     * Adds to the minute's counts, in one statement.
     *
     * @param amounts by key, in the order of the keys, so that two gateways never wait for each other crosswise
     * @return the totals now, by key
     */
    Map<String, Long> add(Instant minute, Map<String, Long> amounts) throws SQLException {
        Map<String, Long> totals = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement upsert =
                        connection.prepareStatement("insert into limit_usage (caller_key, minute, used)"
                                + " select k, ?, u from unnest(?::text[], ?::bigint[]) as t(k, u)"
                                + " on conflict (caller_key, minute) do update set used = limit_usage.used + excluded.used"
                                + " returning caller_key, used")) {
            Array keys = connection.createArrayOf("text", amounts.keySet().toArray());
            Array used = connection.createArrayOf("bigint", amounts.values().toArray());
            upsert.setTimestamp(1, Timestamp.from(minute));
            upsert.setArray(2, keys);
            upsert.setArray(3, used);
            try (ResultSet rows = upsert.executeQuery()) {
                while (rows.next()) {
                    totals.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return totals;
    }

    /** Forgets the minutes before the given one. */
    void removeBefore(Instant minute) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from limit_usage where minute < ?")) {
            delete.setTimestamp(1, Timestamp.from(minute));
            delete.executeUpdate();
        }
    }
}
