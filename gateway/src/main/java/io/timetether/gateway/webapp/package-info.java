/** The pages that people see at the gateway's own address. No page may show anything that needs a right; that is what the services' answers are for. */
@NullMarked
package io.timetether.gateway.webapp;

import org.jspecify.annotations.NullMarked;
