/** What every endpoint shares: problems, pages, cursors, entity tags, idempotency keys, and who is calling. No rule of scheduling is decided here. */
@NullMarked
package io.timetether.scheduling.http;

import org.jspecify.annotations.NullMarked;
