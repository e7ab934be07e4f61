package io.timetether.calendarsync.housekeeping;

import io.timetether.calendarsync.authorization.UnfinishedSignIns;
import io.timetether.calendarsync.connection.Connections;
import io.timetether.calendarsync.feed.PlanWatching;
import io.timetether.calendarsync.feed.SyncRuns;
import io.timetether.calendarsync.http.IdempotencyKeys;
import io.timetether.calendarsync.jobs.Job;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.jobs.Jobs;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/** The job that looks after everything once a minute, and after plans and old runs more seldom. */
@ApplicationScoped
class Housekeeping implements Job {

    private static final Duration ROUND = Duration.ofMinutes(1);
    private static final int SELDOM = 15;

    private final LostWork lostWork;
    private final RestingTokens restingTokens;
    private final UnfinishedSignIns unfinished;
    private final PlanWatching plans;
    private final Connections connections;
    private final SyncRuns runs;
    private final IdempotencyKeys keys;
    private final Jobs jobs;
    private final Clock clock;

    Housekeeping(
            LostWork lostWork,
            RestingTokens restingTokens,
            UnfinishedSignIns unfinished,
            PlanWatching plans,
            Connections connections,
            SyncRuns runs,
            IdempotencyKeys keys,
            Jobs jobs,
            Clock clock) {
        this.lostWork = lostWork;
        this.restingTokens = restingTokens;
        this.unfinished = unfinished;
        this.plans = plans;
        this.connections = connections;
        this.runs = runs;
        this.keys = keys;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Override
    public JobKind kind() {
        return JobKind.HOUSEKEEPING;
    }

    @Override
    public Next run(String instance) {
        for (LostWork.Lost lost : lostWork.list()) {
            jobs.wake(lost.kind(), lost.instance());
        }
        unfinished.tidy();
        if (clock.instant().getEpochSecond() / ROUND.toSeconds() % SELDOM == 0) {
            plans.lookAtAll();
            restingTokens.refresh();
            connections.retryMailboxes();
            runs.clear();
            keys.forgetOld();
        }
        return new Next.At(clock.instant().plus(ROUND));
    }
}
