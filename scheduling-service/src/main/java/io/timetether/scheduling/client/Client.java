package io.timetether.scheduling.client;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody who books. */
@Entity
public class Client {

    @Id
    public UUID id;

    public UUID organisationId;
    public String name;
    public @Nullable String email;
    public @Nullable String phone;

    /** Who is not active is no longer offered when somebody books by name; what was booked stays. */
    public boolean active;

    @Version
    public long version;

    public Instant createdAt;
    public Instant updatedAt;
}
