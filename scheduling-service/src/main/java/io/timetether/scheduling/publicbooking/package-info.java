/** What anybody may see and do without a sign-in: what an organisation offers, booking it, and managing one's own booking through its link. Nothing in it may show who else has booked, or why a time is not free. */
@NullMarked
package io.timetether.scheduling.publicbooking;

import org.jspecify.annotations.NullMarked;
