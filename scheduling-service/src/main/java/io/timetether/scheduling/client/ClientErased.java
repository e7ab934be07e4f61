package io.timetether.scheduling.client;

import java.util.UUID;

/**
 * A client is about to be erased. Fired in the transaction of the erasure, with the client's row locked: who keeps
 * something about the client removes it.
 */
public record ClientErased(UUID organisationId, UUID clientId, String actor) {}
