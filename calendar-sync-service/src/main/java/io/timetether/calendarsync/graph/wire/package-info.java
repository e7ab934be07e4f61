/**
 * Graph's JSON as it is on the wire, one record per resource, unknown fields ignored. Never in here: a decision, or a
 * type that another room but {@code graph} has to know.
 */
@NullMarked
package io.timetether.calendarsync.graph.wire;

import org.jspecify.annotations.NullMarked;
