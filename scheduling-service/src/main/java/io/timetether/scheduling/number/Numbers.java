package io.timetether.scheduling.number;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.timetether.scheduling.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One sequence of numbers per organisation, for appointments and time off together. Holes are allowed, repetitions are
 * not. Each instance reserves blocks in a short transaction of its own, so that bookings never wait for each other's
 * number; take numbers before the transaction that uses them.
 */
@ApplicationScoped
public class Numbers {

    private static final int BLOCK = 20;

    private record Block(long next, long end) {}

    private final Sql sql;
    private final Map<UUID, Block> blocks = new ConcurrentHashMap<>();

    Numbers(Sql sql) {
        this.sql = sql;
    }

    public long take(UUID organisationId) {
        long[] taken = new long[1];
        blocks.compute(organisationId, (id, block) -> {
            Block usable = block == null || block.next() == block.end() ? reserve(id, BLOCK) : block;
            taken[0] = usable.next();
            return new Block(usable.next() + 1, usable.end());
        });
        return taken[0];
    }

    /** The first of {@code count} numbers in a row. */
    public long takeRow(UUID organisationId, int count) {
        return count == 0 ? 0 : reserve(organisationId, count).next();
    }

    private Block reserve(UUID organisationId, int count) {
        long next = QuarkusTransaction.requiringNew()
                .call(() -> sql.get(
                        "UPDATE entry_number SET next_number = next_number + ? WHERE organisation_id = ?"
                                + " RETURNING next_number - ? AS first",
                        row -> row.number("first"),
                        count,
                        organisationId,
                        count));
        return new Block(next, next + count);
    }
}
