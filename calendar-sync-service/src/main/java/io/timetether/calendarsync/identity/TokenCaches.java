package io.timetether.calendarsync.identity;

import java.util.Optional;

/**
 * Where the sealed token cache of each connection is kept: two statements against its row, given by the room that owns
 * the table. Several instances share the rows, so saving compares the version first.
 */
public interface TokenCaches {

    /** The sealed cache of a connection, if it has one. Must not answer from a cache of its own. */
    Optional<SealedCache> find(ConnectionRef connection);

    /**
     * Saves {@code sealed} if the row still has {@code expectedVersion}, raising the version by one.
     *
     * @return whether it was saved; false means that another instance was faster, and its newer token is adopted
     */
    boolean save(ConnectionRef connection, long expectedVersion, String sealed);

    /** A sealed cache as stored, with the version of its row. */
    record SealedCache(String sealed, long version) {}
}
