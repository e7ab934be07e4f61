/** The one table of what is forwarded where, and the judgement of paths before it is asked. Nothing here may read a request or open a connection: it is pure. */
@NullMarked
package io.timetether.gateway.routes;

import org.jspecify.annotations.NullMarked;
