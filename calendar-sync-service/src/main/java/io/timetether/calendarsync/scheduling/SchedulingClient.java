package io.timetether.calendarsync.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** Scheduling-service as typed outcomes: 404 is Missing only where the contract says so, everything unexpected is Unavailable. */
@ApplicationScoped
public class SchedulingClient {

    /** At most this many puts and as many removals in one import. */
    public static final int IMPORT_BATCH = 500;

    /** At most this many appointments by id in one question. */
    public static final int APPOINTMENT_BATCH = 200;

    private static final int LOG_PAGE = 500;

    private final SchedulingApi api;

    SchedulingClient(@RestClient SchedulingApi api) {
        this.api = api;
    }

    public Answer<PersonState> person(String issuer, String subject) {
        return ask(() -> api.person(issuer, subject));
    }

    public Answer<OrganisationState> organisation(UUID id) {
        return ask(() -> api.organisation(id));
    }

    public Answer<StaffState> staff(UUID organisationId, UUID id) {
        return ask(() -> api.staff(id, organisationId));
    }

    /**
     * The log after {@code cursor}; without one, no entries and the present head.
     *
     * @param wait how many seconds to wait for an entry, 0 to 30
     */
    public ChangesOutcome changes(@Nullable String cursor, int wait) {
        try {
            SchedulingApi.ChangesPage page = api.changes(cursor, LOG_PAGE, wait);
            return new ChangesOutcome.Read(page.items(), page.next());
        } catch (WebApplicationException refused) {
            return status(refused) == 410
                    ? new ChangesOutcome.CursorExpired()
                    : new ChangesOutcome.Unavailable(cause(refused));
        } catch (RuntimeException failed) {
            return new ChangesOutcome.Unavailable(cause(failed));
        }
    }

    /** Every appointment of a staff member that is not cancelled and ends after {@code from}, page by page. */
    public Answer<SchedulingApi.AppointmentPage> appointments(
            UUID organisationId, UUID staffId, Instant from, @Nullable String after) {
        return ask(() -> api.appointments(organisationId, staffId, from.toString(), APPOINTMENT_BATCH, after));
    }

    /** These appointments as they are now, cancelled ones too; one that is missing has been erased. */
    public Answer<List<AppointmentState>> appointments(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return new Answer.Known<>(List.of());
        }
        String joined = ids.stream().map(UUID::toString).collect(Collectors.joining(","));
        return ask(() -> api.appointmentsById(joined).items());
    }

    /**
     * What somebody did to the event of an appointment in Office 365, done to the appointment, if the rules allow.
     *
     * @param startAt where it was moved to; null: it was deleted
     */
    public EditOutcome applyOutsideEdit(AppointmentState appointment, @Nullable Instant startAt) {
        try {
            api.applyOutsideEdit(
                    appointment.id(),
                    new SchedulingApi.OutsideEdit(appointment.organisationId(), appointment.version(), startAt));
            return new EditOutcome.Applied();
        } catch (WebApplicationException refused) {
            return switch (status(refused)) {
                case 400, 403, 404, 409, 422 -> new EditOutcome.Refused(detail(refused));
                // It has changed meanwhile (412), or scheduling-service is in trouble: looked at again later.
                default -> new EditOutcome.Unavailable(cause(refused));
            };
        } catch (RuntimeException failed) {
            return new EditOutcome.Unavailable(cause(failed));
        }
    }

    /** The problem's own sentence for people. */
    private static String detail(WebApplicationException refused) {
        try {
            String text = refused.getResponse()
                    .readEntity(JsonNode.class)
                    .path("detail")
                    .asText();
            return text.isBlank() ? "The scheduling rules do not allow it." : text;
        } catch (RuntimeException unreadable) {
            return "The scheduling rules do not allow it.";
        }
    }

    /** Makes a feed known, or changes what is known of it. */
    public ImportOutcome register(UUID feedId, FeedRegistration registration) {
        return write(() -> {
            api.register(feedId, registration);
            return List.of();
        });
    }

    /** Puts and removes items of a feed; at most {@link #IMPORT_BATCH} of each. */
    public ImportOutcome put(
            UUID feedId, UUID organisationId, long fence, List<ExternalItem> puts, List<String> removals) {
        return write(() -> api.putItems(feedId, new SchedulingApi.ItemBatch(organisationId, fence, puts, removals))
                .results());
    }

    /** Removes a feed with its imported time off; one that is not known is removed already. */
    public ImportOutcome forget(UUID feedId, UUID organisationId, long fence) {
        return write(() -> {
            api.forget(feedId, organisationId, fence);
            return List.of();
        });
    }

    /** Confirms feeds; answers those that scheduling-service does not know and that have to be registered again. */
    public Answer<List<UUID>> confirm(List<Freshness> feeds) {
        return ask(() -> {
            List<UUID> unknown =
                    api.freshness(new SchedulingApi.FreshnessReport(feeds)).unknown();
            return unknown == null ? List.of() : unknown;
        });
    }

    /**
     * Has a staff member told by e-mail that a connection needs them.
     *
     * @param occasion names the loss of authorisation: each is told once, however often this is sent
     * @return the message's id
     */
    public Answer<UUID> tellReconnectNeeded(UUID organisationId, UUID staffId, UUID connectionId, long occasion) {
        return ask(() -> api.tell(
                        "reconnect-" + occasion,
                        new SchedulingApi.NewMessage("RECONNECT_NEEDED", organisationId, staffId, connectionId))
                .id());
    }

    private static <T> Answer<T> ask(Supplier<T> question) {
        try {
            return new Answer.Known<>(question.get());
        } catch (WebApplicationException refused) {
            return status(refused) == 404 ? new Answer.Missing<>() : new Answer.Unavailable<>(cause(refused));
        } catch (RuntimeException failed) {
            return new Answer.Unavailable<>(cause(failed));
        }
    }

    private static ImportOutcome write(Supplier<List<ItemResult>> request) {
        try {
            return new ImportOutcome.Imported(request.get());
        } catch (WebApplicationException refused) {
            return switch (status(refused)) {
                case 404 -> new ImportOutcome.FeedUnknown();
                case 409 -> new ImportOutcome.Overtaken();
                default -> new ImportOutcome.Unavailable(cause(refused));
            };
        } catch (RuntimeException failed) {
            return new ImportOutcome.Unavailable(cause(failed));
        }
    }

    private static int status(WebApplicationException refused) {
        return refused.getResponse().getStatus();
    }

    /** The status or the innermost exception; bodies may hold names and are not repeated. */
    private static String cause(RuntimeException failed) {
        if (failed instanceof WebApplicationException refused) {
            return "scheduling-service answered " + status(refused);
        }
        Throwable cause = failed;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return "scheduling-service did not answer: " + cause.getClass().getSimpleName() + " " + cause.getMessage();
    }
}
