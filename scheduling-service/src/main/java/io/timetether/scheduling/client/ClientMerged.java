package io.timetether.scheduling.client;

import java.util.UUID;

/**
 * One client is about to vanish because another one is the same person. Fired in the transaction of the merge: who keeps
 * something about {@code from} gives it to {@code into}.
 */
public record ClientMerged(UUID organisationId, UUID from, UUID into, String actor) {}
