package io.timetether.calendarsync.authorization;

import io.timetether.calendarsync.connection.Connections;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Clears sign-ins that nobody completed, and completes those that were cut off after their tokens were stored. */
@ApplicationScoped
public class UnfinishedSignIns {

    private final AuthorizationFlows flows;
    private final Connections connections;
    private final DefaultFeed defaultFeed;

    UnfinishedSignIns(AuthorizationFlows flows, Connections connections, DefaultFeed defaultFeed) {
        this.flows = flows;
        this.connections = connections;
        this.defaultFeed = defaultFeed;
    }

    /** The staff member was erased: who they signed in as is not kept until the sign-in expires. */
    public void forget(UUID organisationId, UUID staffId) {
        flows.forget(organisationId, staffId);
    }

    public void tidy() {
        flows.clear();
        connections.listWithoutFeeds().forEach(defaultFeed::openOrContinue);
    }
}
