package io.timetether.calendarsync.connection;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.timetether.calendarsync.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of connections, fenced by organisation wherever a caller can name an id. */
@ApplicationScoped
@Transactional
public class Connections implements PanacheRepositoryBase<Connection, UUID> {

    private static final String WITH_ACCOUNT = "from Connection c left join fetch c.account where ";

    private static final String OWN_OR_SHARED = """
            and (c.staffId = :staff or exists (
                select 1 from ConnectionShare s
                where s.organisationId = c.organisationId and s.connectionId = c.id and s.staffId = :staff))
            """;

    private final Sql sql;
    private final Clock clock;

    Connections(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** A connection that waits for its sign-in. */
    public void begin(UUID id, UUID organisationId, UUID staffId, UUID personId) {
        persist(new Connection(id, organisationId, staffId, personId, clock.instant()));
    }

    public Optional<Connection> find(UUID organisationId, UUID id) {
        return find(WITH_ACCOUNT + "c.organisationId = ?1 and c.id = ?2", organisationId, id)
                .firstResultOptional();
    }

    /** For jobs, which name it by their own row and not by a caller's word. */
    public Optional<Connection> find(UUID id) {
        return find(WITH_ACCOUNT + "c.id = ?1", id).firstResultOptional();
    }

    /**
     * Those that a list shows: not the stopped ones, and not sign-ins that nobody completed.
     *
     * @param staffId its own, and those that colleagues share with it; null for all of the organisation
     */
    public List<Connection> list(UUID organisationId, @Nullable UUID staffId, int limit, @Nullable Place after) {
        Place place = after == null ? Place.FIRST : after;
        Parameters named = Parameters.with("organisation", organisationId)
                .and("at", place.createdAt())
                .and("id", place.id());
        return find(
                        WITH_ACCOUNT + """
                        c.organisationId = :organisation and c.state not in (STOPPED, PENDING)
                        and (c.createdAt > :at or (c.createdAt = :at and c.id > :id))
                        """ + (staffId == null ? "" : OWN_OR_SHARED) + "order by c.createdAt, c.id",
                        staffId == null ? named : named.and("staff", staffId))
                .page(0, limit)
                .list();
    }

    /** A staff member's own and those that colleagues share with it, sign-ins that wait included. */
    public List<Connection> listOfStaff(UUID organisationId, UUID staffId) {
        return find(
                        WITH_ACCOUNT
                                + "c.organisationId = :organisation and c.state not in (STOPPING, STOPPED) "
                                + OWN_OR_SHARED
                                + "order by c.createdAt, c.id",
                        Parameters.with("organisation", organisationId).and("staff", staffId))
                .list();
    }

    /** All that a staff member ever began, in whatever state. */
    public List<UUID> listIdsOfStaff(UUID organisationId, UUID staffId) {
        return find(
                        "select c.id from Connection c where c.organisationId = ?1 and c.staffId = ?2",
                        organisationId,
                        staffId)
                .project(UUID.class)
                .list();
    }

    /** A place in a list by creation. */
    public record Place(Instant createdAt, UUID id) {

        /** Before everything. */
        public static final Place FIRST = new Place(Instant.EPOCH, new UUID(0, 0));
    }

    /** The connection of this staff member to this account, if there is one that has not been stopped. */
    public Optional<UUID> findOther(UUID organisationId, UUID staffId, UUID accountId, UUID besides) {
        return find("""
                        organisationId = ?1 and staffId = ?2 and accountId = ?3 and id <> ?4
                        and state not in (PENDING, STOPPING, STOPPED) order by createdAt
                        """, organisationId, staffId, accountId, besides)
                .firstResultOptional()
                .map(Connection::id);
    }

    /** The account has signed in: the connection works (again). Its first tokens come with it. */
    public void activate(UUID id, UUID accountId, String sealedTokens) {
        Instant now = clock.instant();
        sql.change("""
                UPDATE connection
                SET account_id = ?, state = 'ACTIVE', reason = NULL, reason_text = NULL, token_cache = ?,
                    token_version = token_version + 1, wanted_claims = NULL, last_refreshed_at = ?, updated_at = ?,
                    version = version + 1
                WHERE id = ?
                """, accountId, sealedTokens, now, now, id);
    }

    /** The owner must sign in again; what is known stays. Only a connection that was working changes. */
    public boolean reconnectRequired(UUID id, String text, @Nullable String claims) {
        return sql.change("""
                        UPDATE connection
                        SET state = 'RECONNECT_REQUIRED', reason = 'SIGN_IN_EXPIRED', reason_text = ?, wanted_claims = ?,
                            updated_at = ?, version = version + 1, lost_version = version + 1
                        WHERE id = ? AND state = 'ACTIVE'
                        """, text, claims, clock.instant(), id) == 1;
    }

    /** A loss of authorisation that its owner has not been told of. */
    record Untold(UUID organisationId, UUID staffId, long lostVersion) {}

    Optional<Untold> untold(UUID id) {
        return sql.find(
                """
                SELECT organisation_id, staff_id, lost_version FROM connection
                WHERE id = ? AND state = 'RECONNECT_REQUIRED' AND lost_version IS DISTINCT FROM told_version
                """,
                row -> new Untold(row.uuid("organisation_id"), row.uuid("staff_id"), row.number("lost_version")),
                id);
    }

    /** The owner has been told of that loss, unless that was known already; a later one is told again. */
    boolean told(UUID id, long lostVersion) {
        return sql.change(
                        "UPDATE connection SET told_version = ? WHERE id = ? AND told_version IS DISTINCT FROM ?",
                        lostVersion,
                        id,
                        lostVersion)
                == 1;
    }

    /** No reads or writes through it until the trouble is over; nothing is deleted. */
    public void park(UUID id, Trouble trouble) {
        update("""
                state = PARKED, reason = ?1, reasonText = null, updatedAt = ?2, version = version + 1
                where id = ?3 and state = ACTIVE
                """, trouble, clock.instant(), id);
    }

    /** Those of the organisation that were parked for this reason work again; answers their ids. */
    public List<UUID> unpark(UUID organisationId, Trouble trouble) {
        return sql.changed("""
                UPDATE connection
                SET state = 'ACTIVE', reason = NULL, reason_text = NULL, updated_at = ?, version = version + 1
                WHERE organisation_id = ? AND state = 'PARKED' AND reason = ?
                RETURNING id
                """, row -> row.uuid("id"), clock.instant(), organisationId, trouble);
    }

    /** Mailboxes that could not be reached may be there again: their connections are tried once more. */
    public void retryMailboxes() {
        update("""
                state = ACTIVE, reason = null, reasonText = null, updatedAt = ?1, version = version + 1
                where state = PARKED and reason = MAILBOX_UNAVAILABLE
                """, clock.instant());
    }

    /** Those of the organisation that work. */
    public List<UUID> listActive(UUID organisationId) {
        return find("select c.id from Connection c where c.organisationId = ?1 and c.state = ACTIVE", organisationId)
                .project(UUID.class)
                .list();
    }

    /** The organisations with connections whose plan matters, for the plan watcher. */
    public List<UUID> listOrganisations() {
        return find("""
                        select distinct c.organisationId from Connection c
                        where c.state in (ACTIVE, PARKED, RECONNECT_REQUIRED)
                        """).project(UUID.class).list();
    }

    /** Those whose tokens have not been refreshed for a week. */
    public List<Connection> listResting(int limit) {
        return find(WITH_ACCOUNT + """
                        c.state in (ACTIVE, PARKED) and c.accountId is not null and c.lastRefreshedAt < ?1
                        order by c.lastRefreshedAt
                        """, clock.instant().minus(Duration.ofDays(7)))
                .page(0, limit)
                .list();
    }

    /** Connections that work but have never had a feed: their sign-in was cut off in its last step. */
    public List<Connection> listWithoutFeeds() {
        return find(WITH_ACCOUNT + """
                        c.state = ACTIVE and c.updatedAt < ?1
                        and not exists (select 1 from Feed f where f.connectionId = c.id)
                        """, clock.instant().minusSeconds(30)).list();
    }

    /** A connection of the organisation that works and has this account, whoever's it is. */
    public Optional<UUID> findWorking(UUID organisationId, UUID accountId) {
        return find(
                        "organisationId = ?1 and accountId = ?2 and state = ACTIVE order by createdAt, id",
                        organisationId,
                        accountId)
                .firstResultOptional()
                .map(Connection::id);
    }

    /** Stopped connections of the organisation with this account: some may have left events behind. */
    public List<UUID> listStopped(UUID organisationId, UUID accountId) {
        return find(
                        "select c.id from Connection c where c.organisationId = ?1 and c.accountId = ?2 and c.state = STOPPED",
                        organisationId,
                        accountId)
                .project(UUID.class)
                .list();
    }

    /** Its use ends now; what was written goes in a job, if it shall go. */
    public void stopping(UUID id, WrittenEvents writtenEvents, int total) {
        update("""
                state = STOPPING, reason = null, reasonText = null, writtenEvents = ?1, removalTotal = ?2, updatedAt = ?3,
                version = version + 1
                where id = ?4 and state not in (STOPPING, STOPPED)
                """, writtenEvents, total, clock.instant(), id);
    }

    /** Until the transaction ends nothing is added to it. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void hold(UUID id) {
        sql.find("SELECT id FROM connection WHERE id = ? FOR UPDATE", row -> row.uuid("id"), id);
    }

    /** The end: its tokens are gone. */
    public void stopped(UUID id) {
        sql.change("""
                UPDATE connection
                SET state = 'STOPPED', token_cache = NULL, token_version = token_version + 1, wanted_claims = NULL,
                    updated_at = ?, version = version + 1
                WHERE id = ? AND state <> 'STOPPED'
                """, clock.instant(), id);
    }

    /** A sign-in that came to nothing; only one that was still waiting changes. */
    public void failed(UUID id, Trouble trouble, @Nullable String text) {
        update("""
                state = STOPPED, reason = ?1, reasonText = ?2, updatedAt = ?3, version = version + 1
                where id = ?4 and state = PENDING
                """, trouble, text, clock.instant(), id);
    }

    /** Sign-ins that began before this and that nobody completed come to nothing. */
    public void abandon(Instant before) {
        update("""
                state = STOPPED, reason = NOT_COMPLETED, updatedAt = ?1, version = version + 1
                where state = PENDING and createdAt < ?2
                """, clock.instant(), before);
    }
}
