package io.timetether.calendarsync.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The table of Microsoft accounts; one row serves every connection and organisation that uses the account. */
@ApplicationScoped
public class MicrosoftAccounts {

    private final Jdbi jdbi;
    private final Clock clock;

    MicrosoftAccounts(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The account with its four places, made if it is new, with the newest address and name. */
    public MicrosoftAccount adopt(Handle handle, String tid, String oid, String address, String name) {
        MicrosoftAccount account = handle.createQuery("""
                        INSERT INTO microsoft_account (id, tid, oid, address, name, created_at)
                        VALUES (:id, :tid, :oid, :address, :name, :now)
                        ON CONFLICT (tid, oid) DO UPDATE SET address = EXCLUDED.address, name = EXCLUDED.name
                        RETURNING id, tid, oid, address, name
                        """)
                .bind("id", UUID.randomUUID())
                .bind("tid", tid)
                .bind("oid", oid)
                .bind("address", address)
                .bind("name", name)
                .bind("now", clock.instant())
                .mapTo(MicrosoftAccount.class)
                .one();
        handle.createUpdate("""
                        INSERT INTO account_slot (account_id, slot) SELECT :id, generate_series(1, 4)
                        ON CONFLICT DO NOTHING
                        """).bind("id", account.id()).execute();
        return account;
    }

    public Optional<MicrosoftAccount> find(UUID id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT id, tid, oid, address, name FROM microsoft_account WHERE id = :id")
                        .bind("id", id)
                        .mapTo(MicrosoftAccount.class)
                        .findOne());
    }

    /** Every instance leaves this mailbox alone for so long; other mailboxes go on. */
    public void pause(UUID id, Duration time) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "UPDATE microsoft_account SET not_before = greatest(not_before, :until) WHERE id = :id")
                .bind("until", clock.instant().plus(time))
                .bind("id", id)
                .execute());
    }

    /** Until when Microsoft wants this mailbox left alone; empty: it may be asked. */
    public Optional<Instant> pausedUntil(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT not_before FROM microsoft_account WHERE id = :id AND not_before > :now")
                .bind("id", id)
                .bind("now", clock.instant())
                .mapTo(Instant.class)
                .findOne());
    }
}
