package io.timetether.calendarsync.connection;

import io.timetether.calendarsync.identity.ConnectionRef;
import io.timetether.calendarsync.identity.TokenCaches;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The sealed tokens in the connection's row; the row's version keeps two instances from overwriting a newer one. */
@ApplicationScoped
class ConnectionTokens implements TokenCaches {

    private final Jdbi jdbi;
    private final Clock clock;

    ConnectionTokens(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    @Override
    public Optional<SealedCache> find(ConnectionRef connection) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT token_cache AS sealed, token_version AS version FROM connection
                        WHERE id = :id AND token_cache IS NOT NULL
                        """)
                .bind("id", connection.connectionId())
                .mapTo(SealedCache.class)
                .findOne());
    }

    @Override
    public boolean save(ConnectionRef connection, long expectedVersion, String sealed) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                UPDATE connection
                                SET token_cache = :sealed, token_version = token_version + 1, last_refreshed_at = :now
                                WHERE id = :id AND token_version = :expected
                                """)
                        .bind("sealed", sealed)
                        .bind("now", clock.instant())
                        .bind("id", connection.connectionId())
                        .bind("expected", expectedVersion)
                        .execute())
                == 1;
    }
}
