/** What can be booked: duration, buffers, grid, notice, horizon, and who offers it. No booking happens here. */
@NullMarked
package io.timetether.scheduling.service;

import org.jspecify.annotations.NullMarked;
