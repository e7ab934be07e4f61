package io.timetether.calendarsync.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.calendarsync.account.RemoteCalendars;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.jobs.Jobs;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Where Microsoft calls: answers at once and only wakes. A notification is a hint; what changed is read from Graph. */
@Path("/webhooks/microsoft")
@RunOnVirtualThread
class WebhookResource {

    private static final Logger LOG = Logger.getLogger(WebhookResource.class);
    private static final int LONGEST_TOKEN = 2_000;

    private final RemoteCalendars calendars;
    private final Jobs jobs;
    private final Counter taken;
    private final Counter refused;

    WebhookResource(RemoteCalendars calendars, Jobs jobs, MeterRegistry metrics) {
        this.calendars = calendars;
        this.jobs = jobs;
        this.taken = metrics.counter("timetether.notifications", "outcome", "TAKEN");
        this.refused = metrics.counter("timetether.notifications", "outcome", "REFUSED");
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public Response notified(@QueryParam("validationToken") @Nullable String validationToken, byte @Nullable [] body) {
        if (validationToken != null) {
            return handshake(validationToken);
        }
        return switch (NotificationParser.parse(body == null ? new byte[0] : body)) {
            case NotificationParser.Parsed.Malformed malformed -> {
                refused.increment();
                yield Response.status(Response.Status.BAD_REQUEST)
                        .type(MediaType.TEXT_PLAIN)
                        .entity("not a notification")
                        .build();
            }
            case NotificationParser.Parsed.Notifications notifications -> {
                take(notifications);
                yield Response.accepted().build();
            }
        };
    }

    /** Microsoft asks whether this address is ours, while our request for the subscription is still open. */
    private static Response handshake(String token) {
        if (token.length() > LONGEST_TOKEN) {
            return Response.status(Response.Status.BAD_REQUEST).build();
        }
        return Response.ok(token, MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8"))
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private void take(NotificationParser.Parsed.Notifications notifications) {
        Set<UUID> toRead = new LinkedHashSet<>();
        Set<UUID> toKeep = new LinkedHashSet<>();
        int unknown = notifications.dropped();
        for (Notification notification : notifications.items()) {
            Optional<UUID> calendar =
                    calendars.notified(notification.subscriptionId(), ClientState.hash(notification.clientState()));
            if (calendar.isEmpty()) {
                unknown++;
                continue;
            }
            UUID id = calendar.get();
            switch (notification) {
                case Notification.Changed changed -> toRead.add(id);
                case Notification.Lifecycle lifecycle -> {
                    switch (lifecycle.event()) {
                        case REAUTHORIZATION_REQUIRED -> {
                            calendars.renewNow(id);
                            toKeep.add(id);
                        }
                        case SUBSCRIPTION_REMOVED -> {
                            calendars.unsubscribed(id);
                            toKeep.add(id);
                            toRead.add(id);
                        }
                        case MISSED, UNKNOWN -> toRead.add(id);
                    }
                }
            }
        }
        for (UUID id : toRead) {
            calendars.wasNotified(id);
            jobs.wake(JobKind.SYNC_CALENDAR, id);
        }
        toKeep.forEach(id -> jobs.wake(JobKind.KEEP_SUBSCRIPTION, id));
        taken.increment((double) notifications.items().size() + notifications.dropped() - unknown);
        refused.increment(unknown);
        if (unknown > 0) {
            LOG.warnf("%d notifications were not for a subscription of ours and were dropped", unknown);
        }
    }
}
