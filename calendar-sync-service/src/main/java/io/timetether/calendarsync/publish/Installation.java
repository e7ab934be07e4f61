package io.timetether.calendarsync.publish;

import io.timetether.calendarsync.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which Timetether this is among others that may write to the same mailbox; made once, kept in the database. */
@ApplicationScoped
public class Installation {

    private final Sql sql;
    private volatile @Nullable UUID id;

    Installation(Sql sql) {
        this.sql = sql;
    }

    public UUID id() {
        UUID known = id;
        if (known == null) {
            // Whoever is first makes it; whoever is second reads what the first has made.
            sql.change("INSERT INTO installation (one, id) VALUES (true, ?) ON CONFLICT DO NOTHING", UUID.randomUUID());
            known = sql.get("SELECT id FROM installation", row -> row.uuid("id"));
            id = known;
        }
        return Objects.requireNonNull(known);
    }
}
