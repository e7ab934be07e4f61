/** Tenants with their plan, zone, prefix and policy. What an organisation owns lives in other rooms. */
@NullMarked
package io.timetether.scheduling.organisation;

import org.jspecify.annotations.NullMarked;
