/** The credentials of integrators' programs, and the tokens given for them. People's tokens are never made here, and no secret is ever kept. */
@NullMarked
package io.timetether.scheduling.machine;

import org.jspecify.annotations.NullMarked;
