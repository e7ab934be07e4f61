/**
 * The whole product from outside: people, Outlook and clients acting over real HTTP. Nothing here may know a class of a
 * service; only addresses, pages and the public API.
 */
@NullMarked
package io.timetether.systemtests;

import org.jspecify.annotations.NullMarked;
