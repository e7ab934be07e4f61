package io.timetether.calendarsync.graph;

import io.timetether.calendarsync.identity.TokenDemand;
import io.timetether.calendarsync.identity.TokenOutcome;
import java.util.UUID;
import java.util.function.Function;

/**
 * On whose behalf Graph is asked.
 *
 * @param accountId our row of the Microsoft account, whose in-flight slots are used
 * @param lane      background or a person who waits
 * @param tokens    gives access tokens of the connection that is used, for example
 *     {@code demand -> identity.accessToken(connection, demand)}
 */
public record GraphAccess(UUID accountId, InFlightSlots.Lane lane, Function<TokenDemand, TokenOutcome> tokens) {}
