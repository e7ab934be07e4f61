/** Who may sign in, as what, and how an invitation binds a sign-in to a person. Tokens are never issued here. */
@NullMarked
package io.timetether.scheduling.person;

import org.jspecify.annotations.NullMarked;
