package io.timetether.calendarsync.scheduling;

import java.util.UUID;

/** An organisation as scheduling-service tells it now; {@code timeZone} is an IANA name. */
public record OrganisationState(
        UUID id, String slug, String name, Plan plan, String timeZone, String outboundPrefix, long version) {}
