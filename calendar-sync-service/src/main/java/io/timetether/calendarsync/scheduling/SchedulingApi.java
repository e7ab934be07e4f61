package io.timetether.calendarsync.scheduling;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.quarkus.rest.client.reactive.jackson.ClientObjectMapper;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** The internal API of scheduling-service, word for word (openapi/scheduling.yaml). Failures come out as exceptions. */
@RegisterRestClient(configKey = "scheduling")
@OidcClientFilter
@Path("/internal/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface SchedulingApi {

    @GET
    @Path("people")
    PersonState person(@QueryParam("issuer") String issuer, @QueryParam("subject") String subject);

    @GET
    @Path("organisations/{id}")
    OrganisationState organisation(@PathParam("id") UUID id);

    @GET
    @Path("staff/{id}")
    StaffState staff(@PathParam("id") UUID id, @QueryParam("organisationId") UUID organisationId);

    @GET
    @Path("changes")
    ChangesPage changes(
            @QueryParam("after") @Nullable String after, @QueryParam("limit") int limit, @QueryParam("wait") int wait);

    @GET
    @Path("appointments")
    AppointmentPage appointments(
            @QueryParam("organisationId") UUID organisationId,
            @QueryParam("staffId") UUID staffId,
            @QueryParam("from") String from,
            @QueryParam("limit") int limit,
            @QueryParam("after") @Nullable String after);

    @GET
    @Path("appointments/batch")
    AppointmentBatch appointmentsById(@QueryParam("ids") String ids);

    @POST
    @Path("appointments/{id}/outside-edit")
    void applyOutsideEdit(@PathParam("id") UUID id, OutsideEdit edit);

    @PUT
    @Path("feeds/{feedId}")
    void register(@PathParam("feedId") UUID feedId, FeedRegistration registration);

    @POST
    @Path("feeds/{feedId}/items")
    ItemResults putItems(@PathParam("feedId") UUID feedId, ItemBatch batch);

    @DELETE
    @Path("feeds/{feedId}")
    void forget(
            @PathParam("feedId") UUID feedId,
            @QueryParam("organisationId") UUID organisationId,
            @QueryParam("fence") long fence);

    @PUT
    @Path("freshness")
    FreshnessAnswer freshness(FreshnessReport report);

    @POST
    @Path("messages")
    MessageReceipt tell(@HeaderParam("Idempotency-Key") String occasion, NewMessage message);

    /** What a staff member is told about a connection. */
    record NewMessage(String kind, UUID organisationId, UUID staffId, UUID connectionId) {}

    record MessageReceipt(UUID id, String state) {}

    /** @param startAt where the event was moved to; null: it was deleted */
    record OutsideEdit(
            UUID organisationId, long version, @Nullable Instant startAt) {}

    record ChangesPage(List<Change> items, String next) {}

    record AppointmentPage(
            List<AppointmentState> items, @Nullable String next) {}

    record AppointmentBatch(List<AppointmentState> items) {}

    record ItemBatch(UUID organisationId, long fence, List<ExternalItem> puts, List<String> removals) {}

    record ItemResults(List<ItemResult> results) {}

    record FreshnessReport(List<Freshness> feeds) {}

    record FreshnessAnswer(
            @Nullable List<UUID> unknown, @Nullable List<UUID> overtaken) {}

    /** Tolerant of what a newer scheduling-service adds. */
    @ClientObjectMapper
    static ObjectMapper mapper(ObjectMapper ours) {
        return ours.copy()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    }
}
