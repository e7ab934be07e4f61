package io.timetether.gateway.identity;

import io.timetether.gateway.identity.TokenCipher.Sealed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** What the sessions' rows keep sealed, whoever they belong to; for {@link KeyRotation} alone. */
final class SealedSessions {

    private static final int BATCH = 500;

    private final DataSource database;

    SealedSessions(DataSource database) {
        this.database = database;
    }

    /**
     * @param idHash the row
     * @param sealed what lies there
     */
    record SealedSession(byte[] idHash, Sealed sealed) {}

    /** The next sessions that are not under this key, after the given row (empty: from the beginning). */
    List<SealedSession> listNotUnder(String keyId, byte[] after) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select id_hash, key_id, sealed from session"
                        + " where key_id <> ? and id_hash > ? order by id_hash limit " + BATCH)) {
            select.setString(1, keyId);
            select.setBytes(2, after);
            List<SealedSession> sessions = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    sessions.add(new SealedSession(rows.getBytes(1), new Sealed(rows.getString(2), rows.getBytes(3))));
                }
            }
            return sessions;
        }
    }

    /** Puts the new one in place of the old one, unless somebody has written it meanwhile. */
    boolean replace(SealedSession before, Sealed after) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update session set key_id = ?, sealed = ? where id_hash = ? and sealed = ?")) {
            update.setString(1, after.keyId());
            update.setBytes(2, after.ciphertext());
            update.setBytes(3, before.idHash());
            update.setBytes(4, before.sealed().ciphertext());
            return update.executeUpdate() == 1;
        }
    }

    /** How many sessions there are under which other key. */
    Map<String, Long> countNotUnder(String keyId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select key_id, count(*) from session where key_id <> ? group by key_id")) {
            select.setString(1, keyId);
            Map<String, Long> counts = new TreeMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    counts.put(rows.getString(1), rows.getLong(2));
                }
            }
            return counts;
        }
    }
}
