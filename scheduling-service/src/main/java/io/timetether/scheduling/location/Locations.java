package io.timetether.scheduling.location;

import io.timetether.scheduling.directory.Entries;
import io.timetether.scheduling.directory.EntryKind;
import io.timetether.scheduling.http.Cursor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Locations, always of one organisation. */
@ApplicationScoped
public class Locations implements Entries<Location> {

    @Override
    public EntryKind kind() {
        return EntryKind.LOCATION;
    }

    /** True for a location of this organisation that is active. */
    public boolean isOffered(UUID organisationId, UUID id) {
        return count("organisationId = ?1 and id = ?2 and active", organisationId, id) > 0;
    }

    /** By name, of any activity or of one; one row more than {@code limit} if there are more. */
    List<Location> list(
            UUID organisationId, @Nullable String text, @Nullable Boolean active, @Nullable Cursor after, int limit) {
        return listByName(
                organisationId,
                active,
                after,
                limit,
                "lower(name) like :text escape '!'",
                Map.of("text", Entries.containing(text)));
    }
}
