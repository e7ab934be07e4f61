package io.timetether.scheduling.machine;

import io.timetether.scheduling.database.Row;
import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.http.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What has been issued to programs, always of one organisation. */
@ApplicationScoped
class MachineClients {

    private static final String COLUMNS =
            "id, name, array_to_string(scopes, ' ') AS scope, created_by, created_at, last_used_at, revoked_at";
    private static final byte[] NOBODYS_HASH = new byte[32];

    /** A program that has shown its secret. */
    record Known(UUID id, UUID organisationId, List<Scope> scopes) {}

    private record Candidate(Known client, byte[] secretHash) {}

    private final Sql sql;

    MachineClients(Sql sql) {
        this.sql = sql;
    }

    void add(UUID organisationId, MachineClient client, ClientSecret secret) {
        sql.change(
                """
                INSERT INTO machine_client (id, organisation_id, name, scopes, secret_hash, created_by, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                client.id(),
                organisationId,
                client.name(),
                client.scopes().stream().map(Scope::toString).toArray(String[]::new),
                secret.hash(),
                client.createdBy(),
                client.createdAt());
    }

    MachineClient get(UUID organisationId, UUID id) {
        return sql.find(
                        "SELECT " + COLUMNS + " FROM machine_client WHERE organisation_id = ? AND id = ?",
                        MachineClients::read,
                        organisationId,
                        id)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("No machine client has this id."));
    }

    /** Newest first, revoked ones too; one row more than {@code limit} if there are more. */
    List<MachineClient> list(UUID organisationId, @Nullable Cursor after, int limit) {
        return sql.list(
                "SELECT " + COLUMNS + """
                 FROM machine_client
                WHERE organisation_id = ? AND (?::timestamptz IS NULL OR (created_at, id) < (?::timestamptz, ?::uuid))
                ORDER BY created_at DESC, id DESC LIMIT ?
                """,
                MachineClients::read,
                organisationId,
                after == null ? null : after.text(0),
                after == null ? null : after.text(0),
                after == null ? null : after.uuid(1),
                limit + 1);
    }

    /** From now on it gets no token. Revoking again changes nothing. */
    boolean revoke(UUID organisationId, UUID id, Instant now) {
        return sql.change(
                        "UPDATE machine_client SET revoked_at = ? WHERE organisation_id = ? AND id = ? AND revoked_at IS NULL",
                        now,
                        organisationId,
                        id)
                == 1;
    }

    /** The program with this id and secret, unless it has been revoked. Takes as long for an unknown id as for a known one. */
    Optional<Known> find(UUID id, ClientSecret secret, Instant now) {
        Optional<Candidate> candidate = sql.find(
                """
                SELECT id, organisation_id, array_to_string(scopes, ' ') AS scope, secret_hash FROM machine_client
                WHERE id = ? AND revoked_at IS NULL
                """,
                row -> new Candidate(
                        new Known(row.uuid("id"), row.uuid("organisation_id"), scopes(row.text("scope"))),
                        row.bytes("secret_hash")),
                id);
        if (!secret.hashesTo(candidate.map(Candidate::secretHash).orElse(NOBODYS_HASH)) || candidate.isEmpty()) {
            return Optional.empty();
        }
        sql.change(
                "UPDATE machine_client SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)",
                now,
                id,
                now.minus(1, ChronoUnit.MINUTES));
        return candidate.map(Candidate::client);
    }

    private static MachineClient read(Row row) throws SQLException {
        return new MachineClient(
                row.uuid("id"),
                row.text("name"),
                scopes(row.text("scope")),
                row.uuid("created_by"),
                row.instant("created_at"),
                row.instantOrNull("last_used_at"),
                row.instantOrNull("revoked_at"));
    }

    /** A scope that this version no longer knows is not given. */
    private static List<Scope> scopes(String text) {
        return Arrays.stream(text.split(" "))
                .flatMap(name -> Scope.find(name).stream())
                .toList();
    }
}
