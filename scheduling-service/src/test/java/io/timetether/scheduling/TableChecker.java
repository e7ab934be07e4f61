package io.timetether.scheduling;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Looks into the tables, by statements that no part of the service uses: what must hold, whatever happened before. */
final class TableChecker {

    private TableChecker() {}

    /** Pairs of appointments of one staff member that overlap, buffers included; and occupied time that is nobody's. */
    static List<String> overlaps(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        found.addAll(rows(connection, """
                SELECT a.id, b.id FROM appointment a JOIN appointment b ON b.staff_id = a.staff_id AND b.id > a.id
                JOIN service sa ON sa.id = a.service_id JOIN service sb ON sb.id = b.service_id
                WHERE a.status <> 'CANCELLED' AND b.status <> 'CANCELLED'
                  AND a.start_at - sa.buffer_before_minutes * interval '1 minute'
                      < b.end_at + sb.buffer_after_minutes * interval '1 minute'
                  AND b.start_at - sb.buffer_before_minutes * interval '1 minute'
                      < a.end_at + sa.buffer_after_minutes * interval '1 minute'
                """));
        found.addAll(rows(connection, """
                SELECT 'without time', a.id FROM appointment a LEFT JOIN occupancy o ON o.appointment_id = a.id
                WHERE a.status <> 'CANCELLED' AND (o.id IS NULL OR o.staff_id <> a.staff_id
                                                   OR o.start_at > a.start_at OR o.end_at < a.end_at)
                """));
        found.addAll(rows(connection, """
                SELECT 'time of nothing', o.id FROM occupancy o LEFT JOIN appointment a ON a.id = o.appointment_id
                WHERE o.kind = 'APPOINTMENT' AND (a.id IS NULL OR a.status = 'CANCELLED')
                """));
        return found;
    }

    /** Appointments whose history is not 1, 2, 3 … up to their version, or whose last line is not how they are. */
    static List<String> gapsInHistory(Connection connection) throws SQLException {
        return rows(connection, """
                SELECT a.id, a.version FROM appointment a
                WHERE (SELECT array_agg(h.version ORDER BY h.version) FROM appointment_history h
                       WHERE h.appointment_id = a.id)
                      IS DISTINCT FROM (SELECT array_agg(v::bigint ORDER BY v) FROM generate_series(1, a.version) v)
                   OR NOT EXISTS (SELECT 1 FROM appointment_history h WHERE h.appointment_id = a.id
                                  AND h.version = a.version AND h.status = a.status AND h.start_at = a.start_at
                                  AND h.staff_id = a.staff_id)
                """);
    }

    /** Appointments with another number of log entries than of versions; and entries that never got a position. */
    static List<String> gapsInLog(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        found.addAll(rows(connection, """
                SELECT a.id, a.version, (SELECT count(*) FROM change_log c
                                         WHERE c.kind = 'APPOINTMENT' AND c.entity_id = a.id) AS entries
                FROM appointment a
                WHERE a.version <> (SELECT count(*) FROM change_log c
                                    WHERE c.kind = 'APPOINTMENT' AND c.entity_id = a.id)
                """));
        found.addAll(rows(connection, "SELECT 'no position', id FROM change_log WHERE position IS NULL"));
        found.addAll(rows(connection, """
                SELECT 'gap', max(position), count(*) FROM change_log HAVING max(position) <> count(*)
                """));
        return found;
    }

    static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (results.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= results.getMetaData().getColumnCount(); column++) {
                    row.append(results.getString(column)).append(' ');
                }
                rows.add(row.toString().strip());
            }
            return rows;
        }
    }
}
