package io.timetether.scheduling.audit;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One line of the audit log.
 *
 * @param actor {@code person:} and an id, or another name of who acted; never a name or an address
 * @param action what was done, such as {@code STAFF_CHANGED}
 */
@Schema(name = "AuditEntry")
record AuditEntry(long id, Instant at, String actor, String action, UUID entityId) {}
