package io.timetether.scheduling.changes;

import io.timetether.scheduling.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the log by position. What was read at a position never changes, and nothing appears below it later. */
@ApplicationScoped
class ChangeLog {

    private record Entry(
            long position,
            ChangeKind kind,
            UUID organisationId,
            UUID entityId,
            @Nullable String itemId,
            Instant at) {

        Changes.Item item() {
            return new Changes.Item(entityId, itemId == null ? "" : itemId);
        }
    }

    private final Sql sql;
    private final States states;

    ChangeLog(Sql sql, States states) {
        this.sql = sql;
        this.states = states;
    }

    List<Change> after(long position, int limit) {
        List<Entry> entries = sql.list(
                """
                SELECT position, kind, organisation_id, entity_id, item_id, at FROM change_log
                WHERE position > ? ORDER BY position LIMIT ?
                """,
                row -> new Entry(
                        row.number("position"),
                        ChangeKind.valueOf(row.text("kind")),
                        row.uuid("organisation_id"),
                        row.uuid("entity_id"),
                        row.textOrNull("item_id"),
                        row.instant("at")),
                position,
                limit);
        return entries.isEmpty() ? List.of() : withStates(entries);
    }

    private List<Change> withStates(List<Entry> entries) {
        Map<ChangeKind, Set<UUID>> ids = entries.stream()
                .collect(Collectors.groupingBy(
                        Entry::kind, Collectors.mapping(Entry::entityId, Collectors.toCollection(HashSet::new))));
        Function<ChangeKind, Set<UUID>> of = kind -> ids.getOrDefault(kind, Set.of());
        var appointments = states.appointments(of.apply(ChangeKind.APPOINTMENT));
        var organisations = states.organisations(of.apply(ChangeKind.ORGANISATION));
        var staff = states.staff(of.apply(ChangeKind.STAFF));
        var services = states.services(of.apply(ChangeKind.SERVICE));
        var clients = states.clients(of.apply(ChangeKind.CLIENT));
        var locations = states.locations(of.apply(ChangeKind.LOCATION));
        var verdicts = states.verdicts(entries.stream()
                .filter(entry -> entry.kind() == ChangeKind.ITEM_VERDICT)
                .map(Entry::item)
                .distinct()
                .toList());
        List<Change> changes = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            UUID id = entry.entityId();
            changes.add(new Change(
                    entry.position(),
                    entry.kind(),
                    entry.organisationId(),
                    id,
                    entry.at(),
                    entry.kind() == ChangeKind.APPOINTMENT ? appointments.get(id) : null,
                    entry.kind() == ChangeKind.ORGANISATION ? organisations.get(id) : null,
                    entry.kind() == ChangeKind.STAFF ? staff.get(id) : null,
                    entry.kind() == ChangeKind.SERVICE ? services.get(id) : null,
                    entry.kind() == ChangeKind.CLIENT ? clients.get(id) : null,
                    entry.kind() == ChangeKind.LOCATION ? locations.get(id) : null,
                    entry.kind() == ChangeKind.ITEM_VERDICT ? verdicts.get(entry.item()) : null));
        }
        return List.copyOf(changes);
    }
}
