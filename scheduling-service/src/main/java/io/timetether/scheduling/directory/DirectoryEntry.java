package io.timetether.scheduling.directory;

import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** One entry of a list of an organisation. */
@MappedSuperclass
public class DirectoryEntry {

    @Id
    public UUID id;

    public UUID organisationId;
    public String name;

    /** What is not active is offered no more; what refers to it stays. */
    public boolean active;

    @Version
    public long version;

    public Instant createdAt;
    public Instant updatedAt;
}
