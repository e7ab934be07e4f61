/**
 * Programs that run as processes of their own: started, watched, stopped, and found again after a crash. Never knowledge
 * of what a program is for.
 */
@NullMarked
package io.timetether.localrun.parts;

import org.jspecify.annotations.NullMarked;
