/**
 * What a person can set from outside, and the secrets that are made once. Never a decision what to do with them.
 */
@NullMarked
package io.timetether.localrun.settings;

import org.jspecify.annotations.NullMarked;
