package io.timetether.calendarsync.connection;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** One thing that was done, and by whom; null: by the service itself. */
@Entity
@Immutable
@Table(name = "audit")
class AuditEntry {

    @Id
    private UUID id;

    private UUID organisationId;
    private Instant at;
    private @Nullable UUID personId;
    private String action;
    private String subjectKind;
    private UUID subjectId;

    protected AuditEntry() {}

    AuditEntry(
            UUID organisationId,
            Instant at,
            @Nullable UUID personId,
            String action,
            String subjectKind,
            UUID subjectId) {
        this.id = UUID.randomUUID();
        this.organisationId = organisationId;
        this.at = at;
        this.personId = personId;
        this.action = action;
        this.subjectKind = subjectKind;
        this.subjectId = subjectId;
    }
}
