package io.timetether.scheduling.staff;

import io.timetether.scheduling.directory.Entries;
import io.timetether.scheduling.directory.EntryKind;
import io.timetether.scheduling.http.Cursor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Staff members, always of one organisation. */
@ApplicationScoped
public class StaffMembers implements Entries<StaffMember> {

    @Override
    public EntryKind kind() {
        return EntryKind.STAFF;
    }

    public boolean isKnown(UUID organisationId, UUID id) {
        return count("organisationId = ?1 and id = ?2", organisationId, id) > 0;
    }

    /** By name; one row more than {@code limit} if there are more. */
    List<StaffMember> list(
            UUID organisationId, @Nullable String text, @Nullable Boolean active, @Nullable Cursor after, int limit) {
        return listByName(
                organisationId,
                active,
                after,
                limit,
                "lower(name) like :text escape '!' or lower(email) like :text escape '!'",
                Map.of("text", Entries.containing(text)));
    }
}
