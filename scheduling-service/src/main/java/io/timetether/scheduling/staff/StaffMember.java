package io.timetether.scheduling.staff;

import io.timetether.scheduling.directory.DirectoryEntry;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.SQLRestriction;

/**
 * Somebody who can be booked. Working hours, grid and all-day entries are in {@code timeZone} (IANA). Of somebody who was
 * erased, a row without a name stays that is no staff member any more.
 */
@Entity
@SQLRestriction("erased_at IS NULL")
@Table(name = "staff")
@Schema(name = "StaffMember")
public class StaffMember extends DirectoryEntry {

    public String email;
    public String timeZone;
}
