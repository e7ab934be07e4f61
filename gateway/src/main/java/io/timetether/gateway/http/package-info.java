/** What every answer of the gateway shares: problems, the request's id, the gate at the door and the log line at the end. Nothing here may know an upstream, a session or a token. */
@NullMarked
package io.timetether.gateway.http;

import org.jspecify.annotations.NullMarked;
