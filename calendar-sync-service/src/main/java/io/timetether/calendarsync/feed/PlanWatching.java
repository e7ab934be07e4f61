package io.timetether.calendarsync.feed;

import io.timetether.calendarsync.connection.Connections;
import io.timetether.calendarsync.connection.Trouble;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.jobs.Jobs;
import io.timetether.calendarsync.scheduling.Answer;
import io.timetether.calendarsync.scheduling.OrganisationState;
import io.timetether.calendarsync.scheduling.SchedulingClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * A downgrade parks an organisation's connections and feeds: no reads or writes, and nothing is deleted. An upgrade resumes
 * them. A plan that is not known changes nothing.
 */
@ApplicationScoped
public class PlanWatching {

    private static final Logger LOG = Logger.getLogger(PlanWatching.class);

    private final Connections connections;
    private final Feeds feeds;
    private final FeedAdding adding;
    private final SchedulingClient scheduling;
    private final Jobs jobs;

    PlanWatching(Connections connections, Feeds feeds, FeedAdding adding, SchedulingClient scheduling, Jobs jobs) {
        this.connections = connections;
        this.feeds = feeds;
        this.adding = adding;
        this.scheduling = scheduling;
        this.jobs = jobs;
    }

    /** Looks at every organisation, in case a change was missed. */
    public void lookAtAll() {
        for (UUID organisation : connections.listOrganisations()) {
            if (scheduling.organisation(organisation)
                    instanceof Answer.Known<OrganisationState>(OrganisationState state)) {
                look(state);
            }
        }
    }

    /** Makes connections and feeds fit the plan. */
    public void look(OrganisationState organisation) {
        if (organisation.plan().includesCalendarSync()) {
            resume(organisation.id());
        } else {
            park(organisation.id());
        }
    }

    private void park(UUID organisation) {
        for (UUID connection : connections.listActive(organisation)) {
            for (Feed feed : feeds.listOf(organisation, connection)) {
                feeds.park(feed.id(), Trouble.PLAN_UPGRADE_REQUIRED);
                feeds.find(feed.id()).ifPresent(adding::announce);
            }
            connections.park(connection, Trouble.PLAN_UPGRADE_REQUIRED);
            LOG.infof("connection %s is parked: the plan does not include calendar sync", connection);
        }
    }

    private void resume(UUID organisation) {
        List<UUID> resumed = connections.unpark(organisation, Trouble.PLAN_UPGRADE_REQUIRED);
        for (UUID connection : resumed) {
            for (Feed feed : feeds.unpark(organisation, connection, Trouble.PLAN_UPGRADE_REQUIRED)) {
                jobs.wake(JobKind.SYNC_CALENDAR, feed.remoteCalendarId());
                jobs.wake(JobKind.KEEP_SUBSCRIPTION, feed.remoteCalendarId());
                jobs.wake(JobKind.PUBLISH_FEED, feed.id());
            }
        }
    }
}
