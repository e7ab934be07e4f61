package io.timetether.scheduling.changes;

import io.timetether.scheduling.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * Writes the change log. A row is written in the transaction of the change itself, so that both are there or none; it
 * gets its position after the commit (see {@link Sequencer}), so that writers never wait for each other here.
 */
@ApplicationScoped
public class Changes {

    /** An imported item whose verdict was changed here. */
    public record Item(UUID feedId, String itemId) {}

    private final Sql sql;
    private final Clock clock;
    private final Sequencer sequencer;
    private final TransactionSynchronizationRegistry transaction;

    Changes(Sql sql, Clock clock, Sequencer sequencer, TransactionSynchronizationRegistry transaction) {
        this.sql = sql;
        this.clock = clock;
        this.sequencer = sequencer;
        this.transaction = transaction;
    }

    /** Notes that an entity was created or changed. */
    public void record(ChangeKind kind, UUID organisationId, UUID entityId) {
        sql.change(
                "INSERT INTO change_log (kind, organisation_id, entity_id, at) VALUES (?, ?, ?, ?)",
                kind,
                organisationId,
                entityId,
                clock.instant());
        announce();
    }

    /** Notes that several entities of one kind were changed, or are no more. */
    public void record(ChangeKind kind, UUID organisationId, List<UUID> entityIds) {
        if (entityIds.isEmpty()) {
            return;
        }
        sql.change(
                """
                INSERT INTO change_log (kind, organisation_id, entity_id, at)
                SELECT ?, ?, entity_id, ? FROM unnest(?) AS t (entity_id)
                """,
                kind,
                organisationId,
                clock.instant(),
                entityIds.stream().distinct().toArray(UUID[]::new));
        announce();
    }

    /** Notes that scheduling changed the verdicts of items whose sender does not learn it from an answer. */
    public void recordVerdicts(UUID organisationId, List<Item> items) {
        if (items.isEmpty()) {
            return;
        }
        sql.change(
                """
                INSERT INTO change_log (kind, organisation_id, entity_id, item_id, at)
                SELECT 'ITEM_VERDICT', ?, feed_id, item_id, ? FROM unnest(?, ?) AS t (feed_id, item_id)
                """,
                organisationId,
                clock.instant(),
                items.stream().map(Item::feedId).toArray(UUID[]::new),
                items.stream().map(Item::itemId).toArray(String[]::new));
        announce();
    }

    /** For a statement that wrote its change row itself: wakes the sequencer once this transaction has committed. */
    public void announce() {
        transaction.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    sequencer.wake();
                }
            }
        });
    }
}
