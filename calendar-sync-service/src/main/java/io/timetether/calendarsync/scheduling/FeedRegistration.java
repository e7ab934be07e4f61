package io.timetether.calendarsync.scheduling;

import java.util.UUID;

/** A feed as scheduling-service shall know it. {@code state} is one of the feed's states of the contract. */
public record FeedRegistration(
        UUID organisationId, UUID staffId, long fence, String calendarName, boolean subjectsShared, String state) {}
