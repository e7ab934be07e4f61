package io.timetether.scheduling.staff;

import java.util.UUID;

/**
 * A staff member is about to be erased. Fired in the transaction of the erasure, under the staff member's lock and with
 * their row locked: who keeps something about them removes it, and who has a reason against it throws a problem.
 */
public record StaffErased(UUID organisationId, UUID staffId, String actor) {}
