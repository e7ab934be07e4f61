/**
 * What clients, locations, services and staff members have in common: entries of an organisation's lists, added once,
 * changed under their version, found by name. Never in here: what only one of them knows.
 */
@NullMarked
package io.timetether.scheduling.directory;

import org.jspecify.annotations.NullMarked;
