/** Everything an operator can set, as one typed mapping of TIMETETHER_… names. No decision may be taken here. */
@NullMarked
package io.timetether.gateway.configuration;

import org.jspecify.annotations.NullMarked;
