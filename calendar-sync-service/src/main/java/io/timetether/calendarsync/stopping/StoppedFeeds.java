package io.timetether.calendarsync.stopping;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.timetether.calendarsync.feed.Feed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;

/** The feeds of a connection that have been stopped. */
@ApplicationScoped
@Transactional
class StoppedFeeds implements PanacheRepositoryBase<Feed, UUID> {

    List<Feed> list(UUID organisationId, UUID connectionId) {
        return list("organisationId = ?1 and connectionId = ?2 and state = STOPPED", organisationId, connectionId);
    }
}
