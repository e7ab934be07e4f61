package io.timetether.calendarsync.account;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.timetether.calendarsync.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table of Microsoft accounts; one row serves every connection and organisation that uses the account. */
@ApplicationScoped
@Transactional
public class MicrosoftAccounts implements PanacheRepositoryBase<MicrosoftAccount, UUID> {

    private final Sql sql;
    private final Clock clock;

    MicrosoftAccounts(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** The account with its four places, made if it is new, with the newest address and name. */
    public UUID adopt(String tid, String oid, String address, String name) {
        UUID id = sql.changed("""
                        INSERT INTO microsoft_account (id, tid, oid, address, name, created_at) VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (tid, oid) DO UPDATE SET address = EXCLUDED.address, name = EXCLUDED.name
                        RETURNING id
                        """, row -> row.uuid("id"), UUID.randomUUID(), tid, oid, address, name, clock.instant())
                .getFirst();
        sql.change("""
                INSERT INTO account_slot (account_id, slot) SELECT ?, generate_series(1, 4) ON CONFLICT DO NOTHING
                """, id);
        return id;
    }

    public Optional<MicrosoftAccount> find(UUID id) {
        return findByIdOptional(id);
    }

    /** Every instance leaves this mailbox alone for so long; other mailboxes go on. */
    public void pause(UUID id, Duration time) {
        sql.change(
                "UPDATE microsoft_account SET not_before = greatest(not_before, ?) WHERE id = ?",
                clock.instant().plus(time),
                id);
    }

    /** The staff member was erased: of accounts that nobody else uses, it is forgotten whose they were. */
    public void forgetOwner(UUID organisationId, UUID staffId) {
        List<UUID> nobodys = sql.changed("""
                UPDATE microsoft_account account SET address = '', name = ''
                WHERE id IN (SELECT account_id FROM connection WHERE organisation_id = ? AND staff_id = ?)
                  AND NOT EXISTS (
                      SELECT 1 FROM connection other
                      WHERE other.account_id = account.id AND other.state NOT IN ('STOPPING', 'STOPPED')
                        AND (other.organisation_id, other.staff_id) <> (?, ?))
                RETURNING id
                """, row -> row.uuid("id"), organisationId, staffId, organisationId, staffId);
        for (UUID account : nobodys) {
            sql.change(
                    "UPDATE remote_calendar SET owner_name = NULL, owner_address = NULL WHERE account_id = ?", account);
        }
    }

    /** Until when Microsoft wants this mailbox left alone; empty: it may be asked. */
    public Optional<Instant> pausedUntil(UUID id) {
        return sql.find(
                "SELECT not_before FROM microsoft_account WHERE id = ? AND not_before > ?",
                row -> row.instant("not_before"),
                id,
                clock.instant());
    }
}
