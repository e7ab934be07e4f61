package io.timetether.scheduling.staff;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Somebody who can be booked. Working hours, grid and all-day entries are in {@code timeZone} (IANA). */
@Entity
@Table(name = "staff")
@Schema(name = "StaffMember")
public class StaffMember {

    @Id
    public UUID id;

    public UUID organisationId;
    public String name;
    public String email;
    public String timeZone;
    public boolean active;

    @Version
    public long version;

    public Instant createdAt;
    public Instant updatedAt;
}
