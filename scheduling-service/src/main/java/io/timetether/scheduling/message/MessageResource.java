package io.timetether.scheduling.message;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.scheduling.http.Callers;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.message.Messages.Receipt;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Messages that calendar-sync-service has sent. */
@Path("/internal/v1/messages")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Internal")
@Authenticated
@RunOnVirtualThread
class MessageResource {

    private static final Duration USEFUL = Duration.ofDays(3);

    /** What can be told from outside. */
    enum Told {
        RECONNECT_NEEDED
    }

    @Schema(name = "NewMessage")
    record NewMessage(
            @NotNull Told kind,
            @NotNull UUID organisationId,
            @NotNull UUID staffId,

            @Schema(description = "The connection that lost its authorisation; each is told on its own.") @NotNull
            UUID connectionId) {}

    @Schema(name = "MessageReceipt")
    record MessageReceipt(
            UUID id,

            @Schema(description = "WAITING, SENT or DROPPED")
            String state) {}

    private final Callers callers;
    private final Messages messages;
    private final Clock clock;

    MessageResource(Callers callers, Messages messages, Clock clock) {
        this.callers = callers;
        this.messages = messages;
        this.clock = clock;
    }

    @POST
    @Transactional
    @Operation(
            summary = "Tell a staff member that a connection needs to be authorised again",
            description =
                    "Idempotency-Key is required and names the occasion, such as the connection with its version: "
                            + "however often it is sent, the staff member is told once.")
    @APIResponse(
            responseCode = "202",
            description = "It waits to be sent, or was sent before",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MessageReceipt.class)))
    public Response tellStaff(
            @HeaderParam("Idempotency-Key") @Size(min = 1, max = 200) @Nullable String key,
            @Valid @NotNull NewMessage wish) {
        callers.internal();
        if (key == null) {
            throw ProblemType.IDEMPOTENCY_KEY_MISSING.because("Send a text that names the occasion.");
        }
        Instant now = clock.instant();
        MessageKind kind = switch (wish.kind()) {
            case RECONNECT_NEEDED -> MessageKind.RECONNECT_NEEDED;
        };
        Receipt receipt = messages.tellStaff(
                        kind,
                        wish.organisationId(),
                        wish.staffId(),
                        wish.connectionId() + " " + key,
                        now.plus(USEFUL),
                        now)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("No staff member has this id."));
        return Response.accepted(new MessageReceipt(receipt.id(), receipt.state()))
                .build();
    }
}
