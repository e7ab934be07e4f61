/** What this room is for: Graph v1.0 as it looks from outside: routes, query options, headers, paging, limits. What must never be in it: how events are kept or expanded. */
@NullMarked
package io.timetether.office365.graph;

import org.jspecify.annotations.NullMarked;
