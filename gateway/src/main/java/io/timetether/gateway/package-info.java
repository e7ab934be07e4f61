/** The one address in front of both services: each room below is a part of it. Nothing lives here at the top. */
@NullMarked
package io.timetether.gateway;

import org.jspecify.annotations.NullMarked;
