package io.timetether.calendarsync.connection;

import io.timetether.calendarsync.database.Sql;
import io.timetether.calendarsync.identity.ConnectionRef;
import io.timetether.calendarsync.identity.TokenCaches;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** The sealed tokens in the connection's row; the row's version keeps two instances from overwriting a newer one. */
@ApplicationScoped
class ConnectionTokens implements TokenCaches {

    private final Sql sql;
    private final Clock clock;

    ConnectionTokens(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    @Override
    public Optional<SealedCache> find(ConnectionRef connection) {
        return sql.find(
                "SELECT token_cache, token_version FROM connection WHERE id = ? AND token_cache IS NOT NULL",
                row -> new SealedCache(row.text("token_cache"), row.number("token_version")),
                connection.connectionId());
    }

    @Override
    public boolean save(ConnectionRef connection, long expectedVersion, String sealed) {
        return sql.change("""
                        UPDATE connection SET token_cache = ?, token_version = token_version + 1, last_refreshed_at = ?
                        WHERE id = ? AND token_version = ?
                        """, sealed, clock.instant(), connection.connectionId(), expectedVersion) == 1;
    }
}
