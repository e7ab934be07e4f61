@NullMarked
package io.timetether.calendarsync;

import org.jspecify.annotations.NullMarked;
