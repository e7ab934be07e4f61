package io.timetether.calendarsync.http;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The API as a whole: what the document says before its operations. */
@OpenAPIDefinition(
        info = @Info(title = "Timetether calendar sync", version = "1.0.0"),
        components = @Components(schemas = {@Schema(name = "Problem", implementation = ProblemSchema.class)}),
        tags = {
            @Tag(
                    name = "Calendar connections",
                    description = "A staff member's authorisation to use an Office 365 account"),
            @Tag(name = "Sync feeds", description = "One calendar synced for one staff member"),
        })
public class CalendarSyncApi extends Application {}
