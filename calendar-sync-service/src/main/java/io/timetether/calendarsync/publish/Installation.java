package io.timetether.calendarsync.publish;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Which Timetether this is among others that may write to the same mailbox; made once, kept in the database. */
@ApplicationScoped
public class Installation {

    private final Jdbi jdbi;
    private volatile @Nullable UUID id;

    Installation(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public UUID id() {
        UUID known = id;
        if (known == null) {
            known = jdbi.inTransaction(handle -> {
                handle.createUpdate("INSERT INTO installation (one, id) VALUES (true, :id) ON CONFLICT DO NOTHING")
                        .bind("id", UUID.randomUUID())
                        .execute();
                return handle.createQuery("SELECT id FROM installation")
                        .mapTo(UUID.class)
                        .one();
            });
            id = known;
        }
        return Objects.requireNonNull(known);
    }
}
