package io.timetether.calendarsync.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Leased jobs on db-scheduler. A wish raises a counter before it reschedules; a runner that was busy meanwhile finds the
 * counter raised when it has finished and goes again: no wish is lost, and many wishes become one run.
 */
@ApplicationScoped
public class Jobs {

    private static final Logger LOG = Logger.getLogger(Jobs.class);
    private static final Instant NEVER = Instant.parse("2999-01-01T00:00:00Z");
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 8;
    /**
     * A killed instance's jobs go on elsewhere after 10 to 14 seconds (dead ones are looked for every second heartbeat). One
     * that was only slow loses nothing but its turn: its fencing numbers are refused.
     */
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    private static final int MISSED_HEARTBEATS = 5;

    private final DataSource dataSource;
    private final Instance<Job> jobs;
    private final Wishes wishes;
    private final Clock clock;
    private final int threads;
    private @Nullable Scheduler scheduler;

    Jobs(
            DataSource dataSource,
            @Any Instance<Job> jobs,
            Wishes wishes,
            Clock clock,
            @ConfigProperty(name = "timetether.jobs.threads") int threads) {
        this.dataSource = dataSource;
        this.jobs = jobs;
        this.wishes = wishes;
        this.clock = clock;
        this.threads = threads;
    }

    void start(@Observes StartupEvent started) {
        List<Task<?>> tasks = new ArrayList<>();
        jobs.forEach(job -> tasks.add(task(job)));
        Scheduler fresh = Scheduler.create(dataSource, tasks)
                // Else it asks the database what it is.
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
                .schedulerName(new SchedulerName.Fixed("calendar-sync-" + UUID.randomUUID()))
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .threads(Math.max(1, threads))
                .pollingInterval(Duration.ofMillis(200))
                .pollUsingLockAndFetch(0.5, 1.0)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(Duration.ofSeconds(5))
                .enableImmediateExecution()
                .clock(clock::instant)
                .build();
        scheduler = fresh;
        if (threads == 0) {
            // As in the rehearsal in which an image's AOT cache is made (deploy/image/rehearse): there is no database.
            LOG.warn("no threads for jobs: this instance runs none");
            return;
        }
        fresh.start();
        for (JobKind kind : List.of(JobKind.FOLLOW_CHANGES, JobKind.HOUSEKEEPING)) {
            fresh.scheduleIfNotExists(new TaskInstance<>(kind.taskName(), JobKind.ONLY), clock.instant());
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        Scheduler running = scheduler;
        if (running != null) {
            running.stop();
        }
    }

    /** Runs the job as soon as possible, once more if it is running right now. */
    public void wake(JobKind kind, UUID instance) {
        wake(kind, instance.toString());
    }

    /** As {@link #wake(JobKind, UUID)}. */
    public void wake(JobKind kind, String instance) {
        wishes.add(kind, instance);
        runNow(kind, instance);
    }

    private void runNow(JobKind kind, String instance) {
        Scheduler running = scheduler;
        if (running == null) {
            return;
        }
        try {
            running.schedule(
                    new TaskInstance<>(kind.taskName(), instance),
                    clock.instant(),
                    ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
        } catch (DbSchedulerException busy) {
            // It is running, or was picked or rescheduled in this very moment; whoever has it finds the counter raised.
            LOG.tracef("%s %s is running", kind, instance);
        }
    }

    private Task<?> task(Job job) {
        JobKind kind = job.kind();
        return Tasks.custom(kind.taskName(), Void.class)
                .onFailure(Jobs::backOff)
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    long before = wishes.count(kind, instance.getId());
                    Job.Next next = job.run(instance.getId());
                    return completion(kind, instance.getId(), before, next);
                });
    }

    private CompletionHandler<Void> completion(JobKind kind, String instance, long before, Job.Next next) {
        Instant at = switch (next) {
            case Job.Next.At(Instant time) -> time;
            case Job.Next.WhenWoken() -> NEVER;
        };
        return (complete, operations) -> {
            operations.reschedule(complete, at);
            if (wishes.count(kind, instance) != before) {
                runNow(kind, instance);
            }
        };
    }

    private static void backOff(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        int failures = Math.min(MOST_DOUBLINGS, complete.getExecution().consecutiveFailures);
        Duration pause = Duration.ofSeconds(1L << failures);
        operations.reschedule(
                complete, complete.getTimeDone().plus(pause.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : pause));
    }
}
