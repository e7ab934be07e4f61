@NullMarked
package io.timetether.office365;

import org.jspecify.annotations.NullMarked;
