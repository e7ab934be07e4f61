package io.timetether.scheduling.directory;

import io.timetether.scheduling.audit.AuditLog;
import io.timetether.scheduling.changes.Changes;
import io.timetether.scheduling.http.Caller;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.EntityTag;
import io.timetether.scheduling.http.IdempotencyKeys;
import io.timetether.scheduling.http.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How entries come and change: once for each key, told to the change log and the audit log, answered with their ETag. */
@ApplicationScoped
public class Directory {

    private final Changes changes;
    private final AuditLog audit;
    private final IdempotencyKeys keys;
    private final Clock clock;

    Directory(Changes changes, AuditLog audit, IdempotencyKeys keys, Clock clock) {
        this.changes = changes;
        this.audit = audit;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Adds an entry.
     *
     * @param operation the operation's id, which the key belongs to
     * @param key       Idempotency-Key, if the caller sent one
     * @param wish      what was asked for
     * @param entry     makes it, with what its kind knows; id, times and the like are filled in here
     * @param saved     what belongs to it in other tables
     */
    public <E extends DirectoryEntry> Response add(
            Caller.Member caller,
            Entries<E> entries,
            String operation,
            @Nullable String key,
            Object wish,
            Supplier<E> entry,
            Consumer<E> saved) {
        return keys.once(caller, operation, key, wish, () -> {
            E fresh = entry.get();
            fresh.id = UUID.randomUUID();
            fresh.organisationId = caller.organisationId();
            fresh.active = true;
            fresh.createdAt = clock.instant();
            fresh.updatedAt = fresh.createdAt;
            entries.persistAndFlush(fresh);
            saved.accept(fresh);
            note(caller, entries.kind(), fresh, "_CREATED");
            return keys.created(entries.kind().path() + fresh.id, fresh.version, fresh);
        });
    }

    /** As the other one, for entries of one table. */
    public <E extends DirectoryEntry> Response add(
            Caller.Member caller,
            Entries<E> entries,
            String operation,
            @Nullable String key,
            Object wish,
            Supplier<E> entry) {
        return add(caller, entries, operation, key, wish, entry, saved -> {});
    }

    /** The entry to change; refused without If-Match (428) or with that of another version (412). */
    @Transactional(Transactional.TxType.MANDATORY)
    public <E extends DirectoryEntry> E toChange(
            Caller.Member caller, Entries<E> entries, UUID id, @Nullable String ifMatch) {
        E entry = entries.get(caller.organisationId(), id);
        EntityTag.require(ifMatch, entry.version);
        return entry;
    }

    /** Writes what has been changed, tells it, and answers with the entry. */
    @Transactional(Transactional.TxType.MANDATORY)
    public <E extends DirectoryEntry> Response changed(Caller.Member caller, Entries<E> entries, E entry) {
        entry.updatedAt = clock.instant();
        entries.flush();
        note(caller, entries.kind(), entry, "_CHANGED");
        return answer(entry);
    }

    /** A part of a list that is in order of name and id. */
    public static <E extends DirectoryEntry> Page<E> page(List<E> rows, int limit) {
        return Page.of(rows, limit, entry -> Cursor.of(entry.name, entry.id));
    }

    public static Response answer(DirectoryEntry entry) {
        return Response.ok(entry).header("ETag", EntityTag.of(entry.version)).build();
    }

    /** A text field of a patch: absent leaves it, blank empties it. */
    public static @Nullable String orEmptied(@Nullable String wished, @Nullable String present) {
        if (wished == null) {
            return present;
        }
        return wished.isBlank() ? null : wished;
    }

    private void note(Caller.Member caller, EntryKind kind, DirectoryEntry entry, String what) {
        changes.record(kind.change(), entry.organisationId, entry.id);
        audit.note(caller, kind + what, entry.id);
    }
}
