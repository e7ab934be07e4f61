package io.timetether.scheduling.client;

import io.timetether.scheduling.directory.DirectoryEntry;
import jakarta.persistence.Entity;
import org.jspecify.annotations.Nullable;

/** Somebody who books. */
@Entity
public class Client extends DirectoryEntry {

    public @Nullable String email;
    public @Nullable String phone;
}
