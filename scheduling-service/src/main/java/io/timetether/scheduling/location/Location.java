package io.timetether.scheduling.location;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where appointments take place; {@code timeZone} (IANA) is null where it is that of the organisation. */
@Entity
public class Location {

    @Id
    public UUID id;

    public UUID organisationId;
    public String name;
    public @Nullable String address;
    public @Nullable String timeZone;

    /** What is not active is offered no more; what refers to it stays. */
    public boolean active;

    @Version
    public long version;

    public Instant createdAt;
    public Instant updatedAt;
}
