@NullMarked
package io.timetether.gateway;

import org.jspecify.annotations.NullMarked;
