package io.timetether.calendarsync.publish;

import java.util.UUID;

/**
 * scheduling-service has erased something for good. Told before the change counts as read, so perhaps more than once.
 *
 * @param entityId a client, an appointment or a staff member; the change log does not say which
 */
public record Erased(UUID organisationId, UUID entityId) {}
