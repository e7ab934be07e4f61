/**
 * An identity provider for one's own machine: people sign in by picking a name, programs with id and secret. Never
 * protection of anything: whoever reaches it is whoever they say, which is why it listens on the loopback address only.
 */
@NullMarked
package io.timetether.localrun.identity;

import org.jspecify.annotations.NullMarked;
