/**
 * The way to Microsoft's sign-in page and back, bound to one browser and one person. Never in here: what a token is used
 * for afterwards.
 */
@NullMarked
package io.timetether.calendarsync.authorization;

import org.jspecify.annotations.NullMarked;
