/**
 * Whether what operators deploy (compose file, images, manifests, dashboards) agrees with what the programs really read and
 * offer. Never a running program: these tests read files.
 */
@NullMarked
package io.timetether.systemtests.deployment;

import org.jspecify.annotations.NullMarked;
