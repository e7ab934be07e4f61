/**
 * Troubles that were ordered: which request, notification or sign-in shall meet which, how often. Never what they look like on the
 * wire; whoever answers asks here first.
 */
@NullMarked
package io.timetether.office365.fault;

import org.jspecify.annotations.NullMarked;
