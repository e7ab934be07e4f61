package io.timetether.calendarsync.account;

import io.timetether.calendarsync.graph.CalendarEntry;
import io.timetether.calendarsync.plan.SyncWindow;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The table of remote calendars. Everything that a run saves is saved under its fence. */
@ApplicationScoped
public class RemoteCalendars {

    private static final String COLUMNS = """
            id, account_id, graph_id, name, owner_name, owner_address, can_edit, is_default, fence, delta_link,
            window_from, window_until, read_in_full_at, full_read_wishes, full_reads_done, confirmed_at, notified_at,
            failures, subscription_state, subscription_id, subscription_connection_id, subscription_expires_at,
            subscription_retry_at, subscription_problem
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    RemoteCalendars(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The row of a calendar of the account, made if it is new, with the newest name and rights. */
    public UUID adopt(Handle handle, UUID accountId, CalendarEntry entry) {
        return handle.createQuery("""
                        INSERT INTO remote_calendar (id, account_id, graph_id, name, owner_name, owner_address, can_edit,
                                                     is_default, created_at)
                        VALUES (:id, :account, :graph, :name, :ownerName, :ownerAddress, :canEdit, :isDefault, :now)
                        ON CONFLICT (account_id, graph_id) DO UPDATE
                            SET name = EXCLUDED.name, owner_name = EXCLUDED.owner_name,
                                owner_address = EXCLUDED.owner_address, can_edit = EXCLUDED.can_edit,
                                is_default = EXCLUDED.is_default
                        RETURNING id
                        """)
                .bind("id", UUID.randomUUID())
                .bind("account", accountId)
                .bind("graph", entry.id())
                .bind("name", entry.name())
                .bind("ownerName", entry.ownerName())
                .bind("ownerAddress", entry.ownerAddress())
                .bind("canEdit", entry.canEdit())
                .bind("isDefault", entry.isDefault())
                .bind("now", clock.instant())
                .mapTo(UUID.class)
                .one();
    }

    public RemoteCalendar get(UUID id) {
        return find(id).orElseThrow();
    }

    public Optional<RemoteCalendar> find(UUID id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT " + COLUMNS + " FROM remote_calendar WHERE id = :id")
                        .bind("id", id)
                        .mapTo(RemoteCalendar.class)
                        .findOne());
    }

    /** Begins a run: takes the next fence. Whoever ran before is refused from now on. */
    public Optional<RemoteCalendar> begin(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "UPDATE remote_calendar SET fence = fence + 1 WHERE id = :id RETURNING " + COLUMNS)
                .bind("id", id)
                .mapTo(RemoteCalendar.class)
                .findOne());
    }

    /**
     * Saves where the next round begins; the last act of a run.
     *
     * @param run as {@link #begin} gave it
     * @return false when another run has taken over: nothing was saved
     */
    public boolean saveCursor(Handle handle, RemoteCalendar run, String deltaLink, SyncWindow window, Reading reading) {
        Instant now = clock.instant();
        boolean full = reading == Reading.FULL;
        return handle.createUpdate("""
                                UPDATE remote_calendar
                                SET delta_link = :link, window_from = :from, window_until = :until, confirmed_at = :now,
                                    failures = 0,
                                    full_reads_done = CASE WHEN :full THEN :wishes ELSE full_reads_done END,
                                    read_in_full_at = CASE WHEN :full THEN :now ELSE read_in_full_at END
                                WHERE id = :id AND fence = :fence
                                """)
                        .bind("link", deltaLink)
                        .bind("from", window.from())
                        .bind("until", window.until())
                        .bind("now", now)
                        .bind("full", full)
                        .bind("wishes", run.fullReadWishes())
                        .bind("id", run.id())
                        .bind("fence", run.fence())
                        .execute()
                == 1;
    }

    /** How much a round read. */
    public enum Reading {
        FULL,
        CHANGES
    }

    /** Whether this run has not been overtaken; holds off a later one until the transaction ends. */
    public boolean isHeld(Handle handle, RemoteCalendar run) {
        return handle.createQuery("SELECT 1 FROM remote_calendar WHERE id = :id AND fence = :fence FOR SHARE")
                .bind("id", run.id())
                .bind("fence", run.fence())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** The same calendar under another id: what was read under the old one says nothing about the new one's cursor. */
    public void moved(UUID id, CalendarEntry entry) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE remote_calendar
                        SET graph_id = :graph, can_edit = :canEdit, delta_link = NULL, window_from = NULL, window_until = NULL,
                            full_read_wishes = full_read_wishes + 1, subscription_state = 'NONE', subscription_id = NULL
                        WHERE id = :id AND NOT EXISTS (
                            SELECT 1 FROM remote_calendar o
                            WHERE o.account_id = remote_calendar.account_id AND o.graph_id = :graph)
                        """)
                .bind("graph", entry.id())
                .bind("canEdit", entry.canEdit())
                .bind("id", id)
                .execute());
    }

    /** Microsoft has told us that something changed. */
    public void wasNotified(UUID id) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE remote_calendar SET notified_at = :now WHERE id = :id")
                .bind("now", clock.instant())
                .bind("id", id)
                .execute());
    }

    /** One more run in a row that came to nothing; answers how many. */
    public int failed(RemoteCalendar run) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        UPDATE remote_calendar SET failures = failures + 1 WHERE id = :id AND fence = :fence
                        RETURNING failures
                        """)
                .bind("id", run.id())
                .bind("fence", run.fence())
                .mapTo(Integer.class)
                .findOne()
                .orElse(1));
    }

    /** The next run reads the whole window again. */
    public void wantFullRead(UUID id) {
        jdbi.useHandle(handle -> wantFullRead(handle, id));
    }

    /** As {@link #wantFullRead(UUID)}, within a transaction. */
    public void wantFullRead(Handle handle, UUID id) {
        handle.createUpdate("UPDATE remote_calendar SET full_read_wishes = full_read_wishes + 1 WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    /** Takes the next fence for something that is done outside a run, such as forgetting a feed. */
    public long nextFence(UUID id) {
        return begin(id).orElseThrow().fence();
    }

    // ---- subscriptions ----

    /** Before a subscription is asked for: its secret must be known when Microsoft calls back. */
    public void subscribing(UUID id, UUID connectionId, byte[] secretHash) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE remote_calendar
                        SET subscription_state = 'CREATING', subscription_secret_hash = :hash,
                            subscription_connection_id = :connection
                        WHERE id = :id
                        """)
                .bind("hash", secretHash)
                .bind("connection", connectionId)
                .bind("id", id)
                .execute());
    }

    public void subscribed(UUID id, String subscriptionId, Instant expiresAt) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE remote_calendar
                        SET subscription_state = 'ACTIVE', subscription_id = :subscription,
                            subscription_expires_at = :expires, subscription_retry_at = NULL,
                            subscription_problem = NULL
                        WHERE id = :id
                        """)
                .bind("subscription", subscriptionId)
                .bind("expires", expiresAt)
                .bind("id", id)
                .execute());
    }

    /** Microsoft sends no notifications for this calendar now; polling takes over. */
    public void notSubscribed(UUID id, String problem, Instant retryAt) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE remote_calendar
                        SET subscription_state = 'REFUSED', subscription_id = NULL, subscription_expires_at = NULL,
                            subscription_problem = :problem, subscription_retry_at = :retry
                        WHERE id = :id
                        """)
                .bind("problem", problem)
                .bind("retry", retryAt)
                .bind("id", id)
                .execute());
    }

    /** Microsoft asks for a renewal ahead of time. */
    public void renewNow(UUID id) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "UPDATE remote_calendar SET subscription_retry_at = :now WHERE id = :id AND subscription_state = 'ACTIVE'")
                .bind("now", clock.instant())
                .bind("id", id)
                .execute());
    }

    /** There is none (any more). */
    public void unsubscribed(UUID id) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE remote_calendar
                        SET subscription_state = 'NONE', subscription_id = NULL, subscription_secret_hash = NULL,
                            subscription_connection_id = NULL, subscription_expires_at = NULL,
                            subscription_retry_at = NULL, subscription_problem = NULL
                        WHERE id = :id
                        """).bind("id", id).execute());
    }

    /** The calendar whose subscription this is, if the secret is right; compared in constant time. */
    public Optional<UUID> notified(String subscriptionId, byte[] secretHash) {
        record Row(UUID id, byte @Nullable [] subscriptionSecretHash) {}
        List<Row> rows = jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT id, subscription_secret_hash FROM remote_calendar WHERE subscription_id = :subscription
                        UNION ALL
                        SELECT id, subscription_secret_hash FROM remote_calendar
                        WHERE subscription_state = 'CREATING' AND subscription_secret_hash = :hash
                        """)
                .bind("subscription", subscriptionId)
                .bind("hash", secretHash)
                .map((rs, context) -> new Row(rs.getObject("id", UUID.class), rs.getBytes("subscription_secret_hash")))
                .list());
        return rows.stream()
                .filter(row -> row.subscriptionSecretHash() != null
                        && MessageDigest.isEqual(secretHash, row.subscriptionSecretHash()))
                .map(Row::id)
                .findFirst();
    }
}
