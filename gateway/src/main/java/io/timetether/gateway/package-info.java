/** The one address in front of both services: each room below is a part of it. Here at the top is only where it begins. */
@NullMarked
package io.timetether.gateway;

import org.jspecify.annotations.NullMarked;
