/** What the gateway costs beside nginx, measured: started by benchmarks/gateway/beside-nginx. Nothing that `./test` runs, and nothing that a test needs. */
@NullMarked
package io.timetether.gateway.figures;

import org.jspecify.annotations.NullMarked;
