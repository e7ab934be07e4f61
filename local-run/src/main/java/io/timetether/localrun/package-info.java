@NullMarked
package io.timetether.localrun;

import org.jspecify.annotations.NullMarked;
