/** Who is calling: sign-in with the identity provider, sessions in the database, and the proof that a request comes from our own pages. No role, organisation or right may ever be decided here. */
@NullMarked
package io.timetether.gateway.identity;

import org.jspecify.annotations.NullMarked;
