package io.timetether.calendarsync.account;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.timetether.calendarsync.database.Sql;
import io.timetether.calendarsync.graph.CalendarEntry;
import io.timetether.calendarsync.plan.SyncWindow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The table of remote calendars. Everything that a run saves is saved under its fence. */
@ApplicationScoped
@Transactional
public class RemoteCalendars implements PanacheRepositoryBase<RemoteCalendar, UUID> {

    private final Sql sql;
    private final Clock clock;

    RemoteCalendars(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** The row of a calendar of the account, made if it is new, with the newest name and rights. */
    public UUID adopt(UUID accountId, CalendarEntry entry) {
        return sql.changed(
                        """
                        INSERT INTO remote_calendar (id, account_id, graph_id, name, owner_name, owner_address, can_edit,
                                                     is_default, created_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (account_id, graph_id) DO UPDATE
                            SET name = EXCLUDED.name, owner_name = EXCLUDED.owner_name,
                                owner_address = EXCLUDED.owner_address, can_edit = EXCLUDED.can_edit,
                                is_default = EXCLUDED.is_default
                        RETURNING id
                        """,
                        row -> row.uuid("id"),
                        UUID.randomUUID(),
                        accountId,
                        entry.id(),
                        entry.name(),
                        entry.ownerName(),
                        entry.ownerAddress(),
                        entry.canEdit(),
                        entry.isDefault(),
                        clock.instant())
                .getFirst();
    }

    public RemoteCalendar get(UUID id) {
        return find(id).orElseThrow();
    }

    public Optional<RemoteCalendar> find(UUID id) {
        return findByIdOptional(id);
    }

    /** Begins a run: takes the next fence. Whoever ran before is refused from now on. */
    public Optional<RemoteCalendar> begin(UUID id) {
        // The row stays locked until it has been read, so the fence that is answered is this run's own.
        int begun = sql.change("UPDATE remote_calendar SET fence = fence + 1 WHERE id = ?", id);
        return begun == 0 ? Optional.empty() : find(id);
    }

    /**
     * Saves where the next round begins; the last act of a run.
     *
     * @param run as {@link #begin} gave it
     * @return false when another run has taken over: nothing was saved
     */
    public boolean saveCursor(RemoteCalendar run, String deltaLink, SyncWindow window, Reading reading) {
        Instant now = clock.instant();
        boolean full = reading == Reading.FULL;
        return sql.change(
                        """
                        UPDATE remote_calendar
                        SET delta_link = ?, window_from = ?, window_until = ?, confirmed_at = ?, failing_since = NULL,
                            full_reads_done = CASE WHEN ? THEN ? ELSE full_reads_done END,
                            read_in_full_at = CASE WHEN ? THEN ? ELSE read_in_full_at END
                        WHERE id = ? AND fence = ?
                        """,
                        deltaLink,
                        window.from(),
                        window.until(),
                        now,
                        full,
                        run.fullReadWishes(),
                        full,
                        now,
                        run.id(),
                        run.fence())
                == 1;
    }

    /** How much a round read. */
    public enum Reading {
        FULL,
        CHANGES
    }

    /** Whether this run has not been overtaken; holds off a later one until the transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean isHeld(RemoteCalendar run) {
        return sql.find(
                        "SELECT id FROM remote_calendar WHERE id = ? AND fence = ? FOR SHARE",
                        row -> row.uuid("id"),
                        run.id(),
                        run.fence())
                .isPresent();
    }

    /** The same calendar under another id: what was read under the old one says nothing about the new one's cursor. */
    public void moved(UUID id, CalendarEntry entry) {
        sql.change("""
                UPDATE remote_calendar c
                SET graph_id = ?, can_edit = ?, delta_link = NULL, window_from = NULL, window_until = NULL,
                    full_read_wishes = full_read_wishes + 1, subscription_state = 'NONE', subscription_id = NULL
                WHERE id = ? AND NOT EXISTS (
                    SELECT 1 FROM remote_calendar o WHERE o.account_id = c.account_id AND o.graph_id = ?)
                """, entry.id(), entry.canEdit(), id, entry.id());
    }

    /** Microsoft has told us that something changed. */
    public void wasNotified(UUID id) {
        update("notifiedAt = ?1 where id = ?2", clock.instant(), id);
    }

    /** A run came to nothing; answers for how long that has been so. */
    public Duration failed(RemoteCalendar run) {
        Instant now = clock.instant();
        return sql.changed("""
                        UPDATE remote_calendar SET failing_since = COALESCE(failing_since, ?)
                        WHERE id = ? AND fence = ?
                        RETURNING failing_since
                        """, row -> row.instant("failing_since"), now, run.id(), run.fence()).stream()
                .findFirst()
                .map(since -> Duration.between(since, now))
                .orElse(Duration.ZERO);
    }

    /** The next run reads the whole window again. */
    public void wantFullRead(UUID id) {
        update("fullReadWishes = fullReadWishes + 1 where id = ?1", id);
    }

    /** Rounds over the window do not end: so many months ahead are read for a day, and in full. */
    public void narrow(RemoteCalendar run, int months) {
        sql.change("""
                UPDATE remote_calendar
                SET narrowed_months = ?, narrowed_at = ?, full_read_wishes = full_read_wishes + 1
                WHERE id = ? AND fence = ?
                """, months, clock.instant(), run.id(), run.fence());
    }

    /** Takes the next fence for something that is done outside a run, such as forgetting a feed. */
    public long nextFence(UUID id) {
        return begin(id).orElseThrow().fence();
    }

    // ---- subscriptions ----

    /** Before a subscription is asked for: its secret must be known when Microsoft calls back. */
    public void subscribing(UUID id, UUID connectionId, byte[] secretHash) {
        update(
                "subscriptionState = CREATING, subscriptionSecretHash = ?1, subscriptionConnectionId = ?2 where id = ?3",
                secretHash,
                connectionId,
                id);
    }

    public void subscribed(UUID id, String subscriptionId, Instant expiresAt) {
        update("""
                subscriptionState = ACTIVE, subscriptionId = ?1, subscriptionExpiresAt = ?2, subscriptionRetryAt = null,
                subscriptionProblem = null
                where id = ?3
                """, subscriptionId, expiresAt, id);
    }

    /** Microsoft sends no notifications for this calendar now; polling takes over. */
    public void notSubscribed(UUID id, String problem, Instant retryAt) {
        update("""
                subscriptionState = REFUSED, subscriptionId = null, subscriptionExpiresAt = null,
                subscriptionProblem = ?1, subscriptionRetryAt = ?2
                where id = ?3
                """, problem, retryAt, id);
    }

    /** Microsoft asks for a renewal ahead of time. */
    public void renewNow(UUID id) {
        update("subscriptionRetryAt = ?1 where id = ?2 and subscriptionState = ACTIVE", clock.instant(), id);
    }

    /** There is none (any more). */
    public void unsubscribed(UUID id) {
        update("""
                subscriptionState = NONE, subscriptionId = null, subscriptionSecretHash = null,
                subscriptionConnectionId = null, subscriptionExpiresAt = null, subscriptionRetryAt = null,
                subscriptionProblem = null
                where id = ?1
                """, id);
    }

    /** The calendar whose subscription this is, if the secret is right; compared in constant time. */
    public Optional<UUID> notified(String subscriptionId, byte[] secretHash) {
        return find(
                        "subscriptionId = ?1 or (subscriptionState = CREATING and subscriptionSecretHash = ?2)",
                        subscriptionId,
                        secretHash)
                .stream()
                .filter(calendar -> calendar.subscriptionSecretHash() != null
                        && MessageDigest.isEqual(secretHash, calendar.subscriptionSecretHash()))
                .map(RemoteCalendar::id)
                .findFirst();
    }
}
