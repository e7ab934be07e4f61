package io.timetether.gateway.identity;

import io.timetether.gateway.identity.SessionLookup.Found;
import io.timetether.gateway.identity.SessionLookup.NoSession;
import io.timetether.gateway.identity.SessionLookup.NotRenewable;
import io.timetether.gateway.identity.TokenCipher.Sealed;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * The sessions of all gateways, in their common database. Nothing is kept in memory: a session that has been signed out
 * anywhere is over everywhere with the next request.
 */
@ApplicationScoped
class Sessions {

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
        try (Connection connection = database.getConnection()) {
            return read(connection, id, "");
        }
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
                Optional<Session> before = read(connection, id, " for update");
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

    private Optional<Session> read(Connection connection, SessionId id, String lock) throws SQLException {
        byte[] hash = id.hash();
        try (PreparedStatement select = connection.prepareStatement(
                "select key_id, sealed, access_expires_at, expires_at from session where id_hash = ? and expires_at > ?"
                        + lock)) {
            select.setBytes(1, hash);
            select.setTimestamp(2, Timestamp.from(clock.instant()));
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Instant accessExpiresAt = row.getTimestamp(3).toInstant();
                Instant expiresAt = row.getTimestamp(4).toInstant();
                return cipher.open(hash, new Sealed(row.getString(1), row.getBytes(2)))
                        .map(text -> Session.of(text, accessExpiresAt, expiresAt));
            }
        }
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
