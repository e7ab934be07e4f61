/**
 * The look of the pages that only a local Timetether has: signing in by a name, and what was mailed. Never what stands on
 * them.
 */
@NullMarked
package io.timetether.localrun.page;

import org.jspecify.annotations.NullMarked;
