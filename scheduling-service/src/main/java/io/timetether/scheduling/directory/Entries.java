package io.timetether.scheduling.directory;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.timetether.scheduling.http.Cursor;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of one list, always of one organisation. */
public interface Entries<E extends DirectoryEntry> extends PanacheRepositoryBase<E, UUID> {

    EntryKind kind();

    default Optional<E> findOne(UUID organisationId, UUID id) {
        return find("organisationId = ?1 and id = ?2", organisationId, id).firstResultOptional();
    }

    /** The entry of this organisation, or a 404. */
    default E get(UUID organisationId, UUID id) {
        return findOne(organisationId, id).orElseThrow(kind()::unknown);
    }

    /**
     * By name, of any activity or of one; one row more than {@code limit} if there are more.
     *
     * @param condition  what else they must fulfil (HQL), with {@code parameters} of these names
     */
    default List<E> listByName(
            UUID organisationId,
            @Nullable Boolean active,
            @Nullable Cursor after,
            int limit,
            String condition,
            Map<String, ?> parameters) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put("organisationId", organisationId);
        all.put("activity", active == null ? List.of(true, false) : List.of(active));
        String chosen = "organisationId = :organisationId and active in :activity and (" + condition + ")";
        if (after != null) {
            chosen += " and (name > :afterName or (name = :afterName and id > :afterId))";
            all.put("afterName", after.text(0));
            all.put("afterId", after.uuid(1));
        }
        return find(chosen + " order by name, id", all).range(0, limit).list();
    }

    /** The pattern of texts that contain this one in whatever case, for {@code like … escape '!'}. */
    static String containing(@Nullable String text) {
        return "%" + (text == null ? "" : text.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1")) + "%";
    }
}
