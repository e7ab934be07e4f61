package io.timetether.scheduling.location;

import io.timetether.scheduling.directory.DirectoryEntry;
import jakarta.persistence.Entity;
import org.jspecify.annotations.Nullable;

/** Where appointments take place; {@code timeZone} (IANA) is null where it is that of the organisation. */
@Entity
public class Location extends DirectoryEntry {

    public @Nullable String address;
    public @Nullable String timeZone;
}
