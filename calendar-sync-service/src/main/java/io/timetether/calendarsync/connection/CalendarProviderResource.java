package io.timetether.calendarsync.connection;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.calendarsync.http.Caller;
import io.timetether.calendarsync.http.Callers;
import io.timetether.calendarsync.http.Page;
import io.timetether.calendarsync.identity.MicrosoftIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Which calendar providers can be connected, and if not, why. */
@Path("/api/v1/calendar-providers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calendar connections")
@RunOnVirtualThread
@Authenticated
class CalendarProviderResource {

    /** The state of an administrator's approval: it changes nothing here, so it is bound to nobody. */
    private static final String ADMIN_CONSENT = "admin-consent";

    /**
     * A tile on the page where one picks the provider.
     *
     * @param adminConsentUrl where an administrator of the Microsoft organisation approves Timetether for everybody in it
     */
    @Schema(name = "CalendarProvider")
    public record Provider(
            String id,
            String name,
            boolean available,
            @Nullable Unavailable unavailable,
            String adminConsentUrl) {}

    /** Why it cannot be connected. */
    @Schema(name = "ProviderUnavailable")
    public record Unavailable(String code, String text) {}

    private final Callers callers;
    private final CalendarSyncPlan plan;
    private final MicrosoftIdentity identity;

    CalendarProviderResource(Callers callers, CalendarSyncPlan plan, MicrosoftIdentity identity) {
        this.callers = callers;
        this.plan = plan;
        this.identity = identity;
    }

    @GET
    @Operation(operationId = "listCalendarProviders", summary = "List the calendar providers")
    public Page<Provider> list(@QueryParam("staffId") @Nullable UUID staffId) {
        Caller caller = callers.member();
        if (staffId != null) {
            caller.mustManage(staffId);
        }
        boolean available = plan.includesCalendarSync(caller.organisationId());
        Unavailable why = available
                ? null
                : new Unavailable(
                        Trouble.PLAN_UPGRADE_REQUIRED.code(),
                        Trouble.PLAN_UPGRADE_REQUIRED.sentence() + " " + Trouble.PLAN_UPGRADE_REQUIRED.remedy());
        return new Page<>(
                List.of(new Provider(
                        ConnectionView.PROVIDER,
                        "Office 365",
                        available,
                        why,
                        identity.adminConsentUrl(ADMIN_CONSENT))),
                null);
    }
}
