package io.timetether.scheduling.message;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.timetether.scheduling.message.MessagePolicy.Verdict;
import io.timetether.scheduling.message.Messages.Leased;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Sends what waits in the outbox. A message is leased, looked at, handed to the mail server and marked as sent, each in
 * its own transaction; whoever dies in between is followed by another instance once the lease has run out. A message can
 * go out twice only if the mail server had taken it and nobody could note that any more; both then have one Message-ID.
 */
@ApplicationScoped
class Sending {

    private static final Logger LOG = Logger.getLogger(Sending.class);
    /** Few, so that little waits for the lease of an instance that has died. */
    private static final int AT_ONCE = 5;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
    private static final int LONGEST_PAUSE_DOUBLINGS = 8;
    private static final Duration KEPT = Duration.ofDays(30);

    private final Messages messages;
    private final MailServer mailServer;
    private final Writing writing;
    private final MeterRegistry metrics;
    private final Duration lease;
    private final Clock clock;

    /** @param lease longer than the mail server may take for one message */
    Sending(
            Messages messages,
            MailServer mailServer,
            Writing writing,
            MeterRegistry metrics,
            @ConfigProperty(name = "timetether.messages.lease") Duration lease,
            Clock clock) {
        this.messages = messages;
        this.mailServer = mailServer;
        this.writing = writing;
        this.metrics = metrics;
        this.lease = lease;
        this.clock = clock;
    }

    @Scheduled(every = "PT1S", delayed = "PT1S", concurrentExecution = ConcurrentExecution.SKIP)
    void send() {
        if (!mailServer.isConfigured()) {
            return;
        }
        List<Leased> leased;
        do {
            leased = messages.lease(AT_ONCE, lease, clock.instant());
            leased.forEach(this::sendOne);
        } while (leased.size() == AT_ONCE);
    }

    @Scheduled(every = "PT1M", delayed = "PT5S", concurrentExecution = ConcurrentExecution.SKIP)
    void remind() {
        messages.remind(clock.instant());
    }

    @Scheduled(every = "PT10M", delayed = "PT1M", concurrentExecution = ConcurrentExecution.SKIP)
    void tidy() {
        Instant now = clock.instant();
        int late = messages.dropLate(now);
        if (late > 0) {
            LOG.warnf("messages dropped=%d reason=TOO_LATE (%s)", late, mailServer.description());
        }
        messages.removeEndedBefore(now.minus(KEPT));
    }

    private void sendOne(Leased message) {
        try {
            Optional<MessageFacts> facts = messages.facts(message);
            Verdict verdict = facts.isEmpty()
                    ? Verdict.NO_ADDRESS
                    : MessagePolicy.decide(message.kind(), facts.get(), message.usefulUntil(), clock.instant());
            switch (verdict) {
                case NO_ADDRESS, TOO_LATE, OVERTAKEN -> {
                    messages.dropped(message, verdict, clock.instant());
                    note(message, verdict.name());
                }
                case SEND -> handOver(message, facts.orElseThrow());
            }
        } catch (MailServer.NotTaken e) {
            tryAgain(message, "NOT_TAKEN", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Nobody expected it of this message; the others of the batch shall not wait for that.
            tryAgain(message, "FAILED", e.getClass().getName() + " at " + Arrays.asList(e.getStackTrace()));
        }
    }

    private void handOver(Leased message, MessageFacts facts) throws MailServer.NotTaken {
        MailServer.Envelope envelope = writing.write(message, facts);
        if (messages.isStillOurs(message, lease, clock.instant())) {
            mailServer.send(envelope);
            messages.sent(message, clock.instant());
            note(message, "SENT");
        }
    }

    /** @param why without the address, which an exception's own words can hold */
    private void tryAgain(Leased message, String outcome, String why) {
        messages.tryAgain(message, clock.instant().plus(pause(message.attempts())));
        LOG.warnf(
                "message id=%s kind=%s attempt=%d not sent: %s", message.id(), message.kind(), message.attempts(), why);
        note(message, outcome);
    }

    /** 15 seconds after the first attempt, doubled each time, up to about an hour. */
    static Duration pause(int attempts) {
        return FIRST_PAUSE.multipliedBy(1L << Math.min(Math.max(attempts - 1, 0), LONGEST_PAUSE_DOUBLINGS));
    }

    private void note(Leased message, String outcome) {
        metrics.counter("timetether.messages", "kind", message.kind().name(), "outcome", outcome)
                .increment();
        LOG.infof(
                "message id=%s organisation=%s kind=%s outcome=%s attempt=%d",
                message.id(), message.organisationId(), message.kind(), outcome, message.attempts());
    }
}
