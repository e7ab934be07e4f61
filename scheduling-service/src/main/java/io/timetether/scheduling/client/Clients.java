package io.timetether.scheduling.client;

import io.timetether.scheduling.database.Row;
import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.directory.Entries;
import io.timetether.scheduling.directory.EntryKind;
import io.timetether.scheduling.http.Cursor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Clients, always of one organisation. */
@ApplicationScoped
public class Clients implements Entries<Client> {

    private final Sql sql;

    Clients(Sql sql) {
        this.sql = sql;
    }

    @Override
    public EntryKind kind() {
        return EntryKind.CLIENT;
    }

    /** As {@link #get}, locked: nobody books for this client until the transaction ends. */
    Client getForUpdate(UUID organisationId, UUID id) {
        return find("organisationId = ?1 and id = ?2", organisationId, id)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional()
                .orElseThrow(kind()::unknown);
    }

    /**
     * By name, of any activity or of one; each word of the text must occur in name, address or number. One row more than
     * {@code limit} if there are more.
     */
    List<Client> list(
            UUID organisationId, @Nullable String text, @Nullable Boolean active, @Nullable Cursor after, int limit) {
        List<String> patterns = text == null
                ? List.of()
                : Arrays.stream(text.strip().split("\\s+")).map(Sql::containing).toList();
        // A condition for each word, because LIKE ALL has no index.
        return sql.list(
                """
                SELECT * FROM client
                WHERE organisation_id = ? %s AND (?::boolean IS NULL OR active = ?::boolean)
                  AND (?::text IS NULL OR (name, id) > (?::text, ?::uuid))
                ORDER BY name, id LIMIT ?
                """.formatted("AND search LIKE ? ".repeat(patterns.size())),
                Clients::read,
                organisationId,
                patterns,
                active,
                active,
                after == null ? null : after.text(0),
                after == null ? null : after.text(0),
                after == null ? null : after.uuid(1),
                limit + 1);
    }

    private static Client read(Row row) throws SQLException {
        Client client = new Client();
        client.id = row.uuid("id");
        client.organisationId = row.uuid("organisation_id");
        client.name = row.text("name");
        client.email = row.textOrNull("email");
        client.phone = row.textOrNull("phone");
        client.active = row.flag("active");
        client.version = row.number("version");
        client.createdAt = row.instant("created_at");
        client.updatedAt = row.instant("updated_at");
        return client;
    }
}
