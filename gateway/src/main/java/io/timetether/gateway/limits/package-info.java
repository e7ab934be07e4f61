/** How many requests a caller or an address may make, with the headers that say so. It must never need the database to answer a request. */
@NullMarked
package io.timetether.gateway.limits;

import org.jspecify.annotations.NullMarked;
