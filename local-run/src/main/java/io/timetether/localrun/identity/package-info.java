/**
 * An identity provider for one's own machine: people sign in by picking a name, programs with id and secret. Never
 * protection of anything: whoever reaches it is whoever they say, so only the loopback address may lead to it.
 */
@NullMarked
package io.timetether.localrun.identity;

import org.jspecify.annotations.NullMarked;
