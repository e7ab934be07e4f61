package io.timetether.calendarsync.identity;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Rows of connections in memory, compared by version as the table's are. */
public final class Rows implements TokenCaches {
    final Map<ConnectionRef, SealedCache> rows = new ConcurrentHashMap<>();
    final AtomicInteger saves = new AtomicInteger();

    @Override
    public Optional<SealedCache> find(ConnectionRef connection) {
        return Optional.ofNullable(rows.get(connection));
    }

    @Override
    public synchronized boolean save(ConnectionRef connection, long expectedVersion, String sealed) {
        SealedCache row = rows.get(connection);
        if (row == null || row.version() != expectedVersion) {
            return false;
        }
        rows.put(connection, new SealedCache(sealed, expectedVersion + 1));
        saves.incrementAndGet();
        return true;
    }

    public void store(ConnectionRef connection, String sealed) {
        SealedCache row = rows.get(connection);
        rows.put(connection, new SealedCache(sealed, row == null ? 0 : row.version() + 1));
    }
}
