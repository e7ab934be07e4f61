package io.timetether.calendarsync.connection;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.timetether.calendarsync.jobs.Job;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.scheduling.Answer;
import io.timetether.calendarsync.scheduling.SchedulingClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/**
 * The job that has the owner of a connection told by e-mail that it must be authorised again. The occasion is committed with
 * the loss itself, and scheduling-service takes each occasion once: however often this breaks off and is repeated, one
 * message goes out.
 */
@ApplicationScoped
class TellOwner implements Job {

    private static final Duration AWAY = Duration.ofSeconds(5);

    private final Connections connections;
    private final SchedulingClient scheduling;
    private final Audit audit;
    private final Clock clock;

    TellOwner(Connections connections, SchedulingClient scheduling, Audit audit, Clock clock) {
        this.connections = connections;
        this.scheduling = scheduling;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public JobKind kind() {
        return JobKind.TELL_OWNER;
    }

    @Override
    public Next run(String instance) {
        UUID connectionId = UUID.fromString(instance);
        Connections.Untold loss = connections.untold(connectionId).orElse(null);
        if (loss == null) {
            return new Next.WhenWoken();
        }
        return switch (scheduling.tellReconnectNeeded(
                loss.organisationId(), loss.staffId(), connectionId, loss.lostVersion())) {
            case Answer.Known<UUID> taken -> told(connectionId, loss);
            // The staff member is not there any more: nobody is left to be told.
            case Answer.Missing<UUID> nobody -> told(connectionId, loss);
            case Answer.Unavailable<UUID> away -> new Next.At(clock.instant().plus(AWAY));
        };
    }

    private Next told(UUID connectionId, Connections.Untold loss) {
        QuarkusTransaction.requiringNew().run(() -> {
            if (connections.told(connectionId, loss.lostVersion())) {
                audit.record(loss.organisationId(), null, "connection.lost", "connection", connectionId);
            }
        });
        return new Next.WhenWoken();
    }
}
