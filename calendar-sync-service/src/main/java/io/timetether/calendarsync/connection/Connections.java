package io.timetether.calendarsync.connection;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The table of connections, fenced by organisation wherever a caller can name an id. */
@ApplicationScoped
public class Connections {

    private static final String SELECT = """
            SELECT c.id, c.organisation_id, c.staff_id, c.person_id, c.account_id, c.state, c.reason, c.reason_text,
                   c.written_events, c.wanted_claims, c.removal_total, c.last_refreshed_at, c.created_at, c.version,
                   a.address AS account_address, a.name AS account_name
            FROM connection c LEFT JOIN microsoft_account a ON a.id = c.account_id
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    Connections(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** A connection that waits for its sign-in. */
    public UUID begin(Handle handle, UUID organisationId, UUID staffId, UUID personId) {
        UUID id = UUID.randomUUID();
        handle.createUpdate("""
                        INSERT INTO connection (id, organisation_id, staff_id, person_id, state, created_at, updated_at)
                        VALUES (:id, :organisation, :staff, :person, 'PENDING', :now, :now)
                        """)
                .bind("id", id)
                .bind("organisation", organisationId)
                .bind("staff", staffId)
                .bind("person", personId)
                .bind("now", clock.instant())
                .execute();
        return id;
    }

    public Optional<Connection> find(UUID organisationId, UUID id) {
        return jdbi.withHandle(
                handle -> handle.createQuery(SELECT + " WHERE c.organisation_id = :organisation AND c.id = :id")
                        .bind("organisation", organisationId)
                        .bind("id", id)
                        .mapTo(Connection.class)
                        .findOne());
    }

    /** For jobs, which name it by their own row and not by a caller's word. */
    public Optional<Connection> find(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + " WHERE c.id = :id")
                .bind("id", id)
                .mapTo(Connection.class)
                .findOne());
    }

    /**
     * Those that a list shows: not the stopped ones, and not sign-ins that nobody completed.
     *
     * @param staffId null for all staff members of the organisation
     */
    public List<Connection> list(UUID organisationId, @Nullable UUID staffId, int limit, @Nullable Place after) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                         WHERE c.organisation_id = :organisation AND c.state NOT IN ('STOPPED', 'PENDING')
                           AND (cast(:staff AS uuid) IS NULL OR c.staff_id = :staff)
                           AND (cast(:at AS timestamptz) IS NULL OR (c.created_at, c.id) > (:at, :id))
                         ORDER BY c.created_at, c.id LIMIT :limit
                        """)
                .bind("organisation", organisationId)
                .bind("staff", staffId)
                .bind("at", after == null ? null : after.createdAt())
                .bind("id", after == null ? null : after.id())
                .bind("limit", limit)
                .mapTo(Connection.class)
                .list());
    }

    /** A place in a list by creation. */
    public record Place(Instant createdAt, UUID id) {}

    /** The connection of this staff member to this account, if there is one that has not been stopped. */
    public Optional<UUID> findOther(Handle handle, UUID organisationId, UUID staffId, UUID accountId, UUID besides) {
        return handle.createQuery("""
                        SELECT id FROM connection
                        WHERE organisation_id = :organisation AND staff_id = :staff AND account_id = :account
                          AND id <> :besides AND state NOT IN ('PENDING', 'STOPPING', 'STOPPED')
                        ORDER BY created_at LIMIT 1
                        """)
                .bind("organisation", organisationId)
                .bind("staff", staffId)
                .bind("account", accountId)
                .bind("besides", besides)
                .mapTo(UUID.class)
                .findOne();
    }

    /** The account has signed in: the connection works (again). Its first tokens come with it. */
    public void activate(Handle handle, UUID id, UUID accountId, String sealedTokens) {
        handle.createUpdate("""
                        UPDATE connection
                        SET account_id = :account, state = 'ACTIVE', reason = NULL, reason_text = NULL,
                            token_cache = :tokens, token_version = token_version + 1, wanted_claims = NULL,
                            last_refreshed_at = :now, updated_at = :now, version = version + 1
                        WHERE id = :id
                        """)
                .bind("account", accountId)
                .bind("tokens", sealedTokens)
                .bind("now", clock.instant())
                .bind("id", id)
                .execute();
    }

    /** The owner must sign in again; what is known stays. Only a connection that was working changes. */
    public boolean reconnectRequired(UUID id, String text, @Nullable String claims) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                UPDATE connection
                                SET state = 'RECONNECT_REQUIRED', reason = 'SIGN_IN_EXPIRED', reason_text = :text,
                                    wanted_claims = :claims, updated_at = :now, version = version + 1
                                WHERE id = :id AND state = 'ACTIVE'
                                """)
                        .bind("text", text)
                        .bind("claims", claims)
                        .bind("now", clock.instant())
                        .bind("id", id)
                        .execute())
                == 1;
    }

    /** No reads or writes through it until the trouble is over; nothing is deleted. */
    public void park(UUID id, Trouble trouble) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE connection
                        SET state = 'PARKED', reason = :reason, reason_text = NULL, updated_at = :now,
                            version = version + 1
                        WHERE id = :id AND state = 'ACTIVE'
                        """)
                .bind("reason", trouble)
                .bind("now", clock.instant())
                .bind("id", id)
                .execute());
    }

    /** Those of the organisation that were parked for this reason work again; answers their ids. */
    public List<UUID> unpark(UUID organisationId, Trouble trouble) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        UPDATE connection
                        SET state = 'ACTIVE', reason = NULL, reason_text = NULL, updated_at = :now,
                            version = version + 1
                        WHERE organisation_id = :organisation AND state = 'PARKED' AND reason = :reason
                        RETURNING id
                        """)
                .bind("now", clock.instant())
                .bind("organisation", organisationId)
                .bind("reason", trouble)
                .mapTo(UUID.class)
                .list());
    }

    /** Mailboxes that could not be reached may be there again: their connections are tried once more. */
    public void retryMailboxes() {
        jdbi.useHandle(
                handle -> handle.createUpdate("""
                        UPDATE connection
                        SET state = 'ACTIVE', reason = NULL, reason_text = NULL, updated_at = :now, version = version + 1
                        WHERE state = 'PARKED' AND reason = 'MAILBOX_UNAVAILABLE'
                        """).bind("now", clock.instant()).execute());
    }

    /** Those of the organisation that work. */
    public List<UUID> listActive(UUID organisationId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT id FROM connection WHERE organisation_id = :organisation AND state = 'ACTIVE'")
                .bind("organisation", organisationId)
                .mapTo(UUID.class)
                .list());
    }

    /** The organisations with connections whose plan matters, for the plan watcher. */
    public List<UUID> listOrganisations() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        SELECT DISTINCT organisation_id FROM connection
                        WHERE state IN ('ACTIVE', 'PARKED', 'RECONNECT_REQUIRED')
                        """).mapTo(UUID.class).list());
    }

    /** A connection whose tokens have not been refreshed for a week. */
    public record Resting(UUID id, UUID accountId) {}

    public List<Resting> listResting(int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT id, account_id FROM connection
                        WHERE state IN ('ACTIVE', 'PARKED') AND account_id IS NOT NULL AND last_refreshed_at < :before
                        ORDER BY last_refreshed_at LIMIT :limit
                        """)
                .bind("before", clock.instant().minus(Duration.ofDays(7)))
                .bind("limit", limit)
                .mapTo(Resting.class)
                .list());
    }

    /** Connections that work but have never had a feed: their sign-in was cut off in its last step. */
    public List<Connection> listWithoutFeeds() {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                         WHERE c.state = 'ACTIVE' AND c.updated_at < :before
                           AND NOT EXISTS (SELECT 1 FROM feed f WHERE f.connection_id = c.id)
                        """)
                .bind("before", clock.instant().minusSeconds(30))
                .mapTo(Connection.class)
                .list());
    }

    /** Its use ends now; what was written goes in a job, if it shall go. */
    public void stopping(Handle handle, UUID id, WrittenEvents writtenEvents, int total) {
        handle.createUpdate("""
                        UPDATE connection
                        SET state = 'STOPPING', reason = NULL, reason_text = NULL, written_events = :choice,
                            removal_total = :total, updated_at = :now, version = version + 1
                        WHERE id = :id AND state NOT IN ('STOPPING', 'STOPPED')
                        """)
                .bind("choice", writtenEvents)
                .bind("total", total)
                .bind("now", clock.instant())
                .bind("id", id)
                .execute();
    }

    /** The end: its tokens are gone. */
    public void stopped(UUID id) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE connection
                        SET state = 'STOPPED', token_cache = NULL, token_version = token_version + 1,
                            wanted_claims = NULL, updated_at = :now, version = version + 1
                        WHERE id = :id AND state <> 'STOPPED'
                        """)
                .bind("now", clock.instant())
                .bind("id", id)
                .execute());
    }

    /** A sign-in that came to nothing; only one that was still waiting changes. */
    public void failed(UUID id, Trouble trouble, @Nullable String text) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE connection
                        SET state = 'STOPPED', reason = :reason, reason_text = :text, updated_at = :now,
                            version = version + 1
                        WHERE id = :id AND state = 'PENDING'
                        """)
                .bind("reason", trouble)
                .bind("text", text)
                .bind("now", clock.instant())
                .bind("id", id)
                .execute());
    }
}
