package io.timetether.calendarsync.stopping;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.timetether.calendarsync.feed.Feed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;

/** Feeds that have been stopped, and those of whoever has left. */
@ApplicationScoped
@Transactional
class StoppedFeeds implements PanacheRepositoryBase<Feed, UUID> {

    List<Feed> list(UUID organisationId, UUID connectionId) {
        return list("organisationId = ?1 and connectionId = ?2 and state = STOPPED", organisationId, connectionId);
    }

    /** All that a staff member ever had, in whatever state. */
    List<UUID> listIdsOfStaff(UUID organisationId, UUID staffId) {
        return find("select f.id from Feed f where f.organisationId = ?1 and f.staffId = ?2", organisationId, staffId)
                .project(UUID.class)
                .list();
    }
}
