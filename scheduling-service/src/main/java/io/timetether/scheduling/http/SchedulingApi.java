package io.timetether.scheduling.http;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The API as a whole: what the document says before its operations. */
@OpenAPIDefinition(
        info = @Info(title = "Timetether scheduling", version = "1.0.0"),
        components =
                @Components(
                        schemas = {
                            @Schema(name = "Problem", implementation = ProblemSchema.class),
                        }),
        tags = {
            @Tag(name = "Organisations", description = "Tenants, their plan and policies"),
            @Tag(name = "People", description = "Who may sign in, and as what"),
            @Tag(name = "Staff", description = "Staff members and their weekly hours"),
            @Tag(name = "Services", description = "What can be booked"),
            @Tag(name = "Locations", description = "Where it takes place"),
            @Tag(name = "Clients", description = "Who books"),
            @Tag(name = "Availability", description = "When it can be booked"),
            @Tag(name = "Appointments", description = "Booking, moving, cancelling"),
            @Tag(name = "Public booking", description = "What clients see and do, without a sign-in"),
            @Tag(name = "Time off", description = "When staff are away"),
            @Tag(name = "Calendar", description = "The merged view"),
            @Tag(name = "Machine clients", description = "Credentials and tokens of integrators' programs"),
            @Tag(name = "Internal", description = "For calendar-sync-service only; never routed by the gateway")
        })
public class SchedulingApi extends Application {}
