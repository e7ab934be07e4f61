/** Messages by e-mail: an outbox written in the transaction of what they tell, and the worker that sends each once. No booking is decided here, and no address or text is kept. */
@NullMarked
package io.timetether.scheduling.message;

import org.jspecify.annotations.NullMarked;
