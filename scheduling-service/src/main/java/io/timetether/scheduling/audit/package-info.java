/** Who did what, append-only, by ids. Nothing personal, and nothing that anybody decides by, is ever kept here. */
@NullMarked
package io.timetether.scheduling.audit;

import org.jspecify.annotations.NullMarked;
