/** Carries a request to the service that the route names and its answer back, streaming both ways. It must never decide who a caller is, and never answer in a service's place except with a problem of its own. */
@NullMarked
package io.timetether.gateway.proxy;

import org.jspecify.annotations.NullMarked;
