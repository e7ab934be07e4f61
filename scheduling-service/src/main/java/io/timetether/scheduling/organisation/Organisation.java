package io.timetether.scheduling.organisation;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** A tenant. {@code timeZone} is the default of its staff at their creation; {@code outboundPrefix} is never empty. */
@Entity
public class Organisation {

    @Id
    public UUID id;

    public String slug;
    public String name;

    @Enumerated(EnumType.STRING)
    public Plan plan;

    public String timeZone;
    public String outboundPrefix;

    @Enumerated(EnumType.STRING)
    public StalePolicy stalePolicy;

    /** How long before the start a client may still move or cancel by themself; a service may ask for more. */
    public int moveCutOffMinutes;

    public int cancelCutOffMinutes;

    /** How long before the start a client is reminded; 0: never. */
    public int reminderMinutes;

    @Version
    public long version;

    public Instant createdAt;
    public Instant updatedAt;
}
