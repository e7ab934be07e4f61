package io.timetether.scheduling.availability;

import io.timetether.scheduling.service.Service;
import io.timetether.scheduling.staff.Timetable;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that decides what an organisation's clients can book, except busy time, as it was under one version.
 *
 * @param zone the organisation's
 * @param closesWhenStale whether time that an outside calendar does not confirm is closed
 * @param staff by id, in the order of their names
 */
public record Setup(
        UUID organisationId,
        long version,
        ZoneId zone,
        boolean closesWhenStale,
        Map<UUID, Member> staff,
        Map<UUID, Service> services,
        Map<UUID, Place> places) {

    /** A location. */
    public record Place(UUID id, String name, boolean active) {}

    /** A staff member with their hours. */
    public record Member(UUID id, ZoneId zone, boolean active, Timetable timetable) {}

    public Optional<Service> findService(UUID id) {
        return Optional.ofNullable(services.get(id));
    }

    public boolean isStaffMember(UUID id) {
        return staff.containsKey(id);
    }

    /** Who can be booked for a service, by name: of these staff members or, where none is named, of all. */
    List<UUID> offering(Service service, @Nullable UUID wishedLocation, Collection<UUID> among) {
        UUID placeId = place(service, wishedLocation);
        Place place = placeId == null ? null : places.get(placeId);
        if (placeId != null && (place == null || !place.active())) {
            return List.of();
        }
        if (among.size() == 1) {
            // Asked all day; nobody need look through the others.
            Member member = staff.get(among.iterator().next());
            return member != null && offers(member, service) ? List.of(member.id()) : List.of();
        }
        return staff.values().stream()
                .filter(member -> (among.isEmpty() || among.contains(member.id())) && offers(member, service))
                .map(Member::id)
                .toList();
    }

    private static boolean offers(Member member, Service service) {
        return member.active() && (service.offeredByAll || service.staffIds.contains(member.id()));
    }

    /** Where an appointment takes place: at the service's location or, where that has none, at the wished one. */
    static @Nullable UUID place(Service service, @Nullable UUID wished) {
        return service.locationId == null ? wished : service.locationId;
    }

    public @Nullable Place findPlace(Service service, @Nullable UUID wished) {
        UUID id = place(service, wished);
        return id == null ? null : places.get(id);
    }
}
