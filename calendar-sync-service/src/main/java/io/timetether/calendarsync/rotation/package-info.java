/**
 * Another key without a stop: seals everything that is sealed anew with the first key, as a program of its own beside the
 * running service. Never in here: a sealed text's meaning, or anything that the running service needs.
 */
@NullMarked
package io.timetether.calendarsync.rotation;

import org.jspecify.annotations.NullMarked;
