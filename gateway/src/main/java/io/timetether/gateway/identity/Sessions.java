package io.timetether.gateway.identity;

import io.timetether.gateway.identity.SessionLookup.Found;
import io.timetether.gateway.identity.SessionLookup.NoSession;
import io.timetether.gateway.identity.SessionLookup.NotRenewable;
import io.timetether.gateway.identity.TokenCipher.Sealed;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;

/** The sessions of all gateways, in their common database. Nothing is kept in memory here; see {@link RecentSessions}. */
@ApplicationScoped
class Sessions {

    private static final String READ = "select key_id, sealed, access_expires_at, expires_at, id_hash from session ";

    private final DataSource database;
    private final TokenCipher cipher;
    private final Clock clock;

    Sessions(DataSource database, TokenCipher cipher, Clock clock) {
        this.database = database;
        this.cipher = cipher;
        this.clock = clock;
    }

    void add(SessionId id, Session session) throws SQLException {
        byte[] hash = id.hash();
        Sealed sealed = cipher.seal(hash, session.toText());
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into session (id_hash, key_id, sealed, access_expires_at, expires_at, created_at)"
                                + " values (?, ?, ?, ?, ?, ?)")) {
            insert.setBytes(1, hash);
            insert.setString(2, sealed.keyId());
            insert.setBytes(3, sealed.ciphertext());
            insert.setTimestamp(4, Timestamp.from(session.accessExpiresAt()));
            insert.setTimestamp(5, Timestamp.from(session.expiresAt()));
            insert.setTimestamp(6, Timestamp.from(clock.instant()));
            insert.executeUpdate();
        }
    }

    /** The session, unless it has ended, is unknown, or was sealed with a key that is gone. */
    Optional<Session> find(SessionId id) throws SQLException {
        return Optional.ofNullable(findAll(Set.of(id)).get(id));
    }

    /** Those of the sessions that there are; see {@link #find}. One statement, however many they are. */
    Map<SessionId, Session> findAll(Set<SessionId> ids) throws SQLException {
        Map<ByteBuffer, SessionId> byHash = new HashMap<>();
        ids.forEach(id -> byHash.put(ByteBuffer.wrap(id.hash()), id));
        Map<SessionId, Session> found = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement(READ + "where id_hash = any (?) and expires_at > ?")) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "bytea",
                            byHash.keySet().stream().map(ByteBuffer::array).toArray(byte[][]::new)));
            select.setTimestamp(2, Timestamp.from(clock.instant()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    SessionId id = byHash.get(ByteBuffer.wrap(row.getBytes(5)));
                    Optional<Session> session = open(row);
                    if (id != null && session.isPresent()) {
                        found.put(id, session.get());
                    }
                }
            }
        }
        return found;
    }

    /**
     * Changes a session while no other gateway can: they wait, and then see what was changed.
     *
     * @param change gets the session as it is now. What it finds is kept, no session ends it, and else it stays as it is
     */
    SessionLookup change(SessionId id, Function<Session, SessionLookup> change) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Optional<Session> before = readForUpdate(connection, id);
                SessionLookup after = before.isEmpty() ? new NoSession() : change.apply(before.get());
                switch (after) {
                    case Found found -> write(connection, id, found.session());
                    case NoSession none -> delete(connection, id);
                    case NotRenewable untouched -> {}
                }
                connection.commit();
                return after;
            } catch (SQLException | RuntimeException failure) {
                connection.rollback();
                throw failure;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    /** Ends a session; nothing happens if there is none. */
    void remove(SessionId id) throws SQLException {
        try (Connection connection = database.getConnection()) {
            delete(connection, id);
        }
    }

    /** Forgets the sessions that have ended by time. */
    int removeExpired() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from session where expires_at <= ?")) {
            delete.setTimestamp(1, Timestamp.from(clock.instant()));
            return delete.executeUpdate();
        }
    }

    private Optional<Session> readForUpdate(Connection connection, SessionId id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(READ + "where id_hash = ? and expires_at > ? for update")) {
            select.setBytes(1, id.hash());
            select.setTimestamp(2, Timestamp.from(clock.instant()));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? open(row) : Optional.empty();
            }
        }
    }

    private Optional<Session> open(ResultSet row) throws SQLException {
        Instant accessExpiresAt = row.getTimestamp(3).toInstant();
        Instant expiresAt = row.getTimestamp(4).toInstant();
        return cipher.open(row.getBytes(5), new Sealed(row.getString(1), row.getBytes(2)))
                .map(text -> Session.of(text, accessExpiresAt, expiresAt));
    }

    private void write(Connection connection, SessionId id, Session session) throws SQLException {
        byte[] hash = id.hash();
        Sealed sealed = cipher.seal(hash, session.toText());
        try (PreparedStatement update = connection.prepareStatement(
                "update session set key_id = ?, sealed = ?, access_expires_at = ? where id_hash = ?")) {
            update.setString(1, sealed.keyId());
            update.setBytes(2, sealed.ciphertext());
            update.setTimestamp(3, Timestamp.from(session.accessExpiresAt()));
            update.setBytes(4, hash);
            update.executeUpdate();
        }
    }

    private static void delete(Connection connection, SessionId id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from session where id_hash = ?")) {
            delete.setBytes(1, id.hash());
            delete.executeUpdate();
        }
    }
}
