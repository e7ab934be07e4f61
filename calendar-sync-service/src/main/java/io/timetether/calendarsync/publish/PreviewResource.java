package io.timetether.calendarsync.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.calendarsync.account.MicrosoftAccount;
import io.timetether.calendarsync.account.MicrosoftAccounts;
import io.timetether.calendarsync.account.RemoteCalendar;
import io.timetether.calendarsync.account.RemoteCalendars;
import io.timetether.calendarsync.feed.Feed;
import io.timetether.calendarsync.feed.FeedSettings;
import io.timetether.calendarsync.feed.Feeds;
import io.timetether.calendarsync.feed.SettingsChanges;
import io.timetether.calendarsync.graph.EventDraft;
import io.timetether.calendarsync.http.Caller;
import io.timetether.calendarsync.http.Callers;
import io.timetether.calendarsync.http.ProblemType;
import io.timetether.calendarsync.plan.Sensitivity;
import io.timetether.calendarsync.plan.ShowAs;
import io.timetether.calendarsync.scheduling.Answer;
import io.timetether.calendarsync.scheduling.AppointmentState;
import io.timetether.calendarsync.scheduling.OrganisationState;
import io.timetether.calendarsync.scheduling.SchedulingApi;
import io.timetether.calendarsync.scheduling.SchedulingClient;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How an appointment would look in Office 365, before any is written that way. */
@Path("/api/v1/sync-feeds")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Sync feeds")
@RunOnVirtualThread
@Authenticated
class PreviewResource {

    /** @param settings what would be changed; what is left out stays as it is */
    @Schema(name = "PreviewWish")
    public record Wish(
            @Schema(implementation = FeedSettings.class) @Nullable
            ObjectNode settings) {}

    /**
     * An event as it would be written.
     *
     * @param appointmentNumber of the next appointment, which it shows; null: an invented one
     */
    @Schema(name = "EventPreview")
    public record Preview(
            @Nullable Long appointmentNumber,
            String title,
            String bodyHtml,
            @Nullable String location,
            ShowAs showAs,
            Sensitivity sensitivity,
            @Nullable Integer reminderMinutes,
            List<String> categories,
            Instant startAt,
            Instant endAt) {}

    private final Callers callers;
    private final Feeds feeds;
    private final SettingsChanges changes;
    private final RemoteCalendars calendars;
    private final MicrosoftAccounts accounts;
    private final SchedulingClient scheduling;
    private final Clock clock;

    PreviewResource(
            Callers callers,
            Feeds feeds,
            SettingsChanges changes,
            RemoteCalendars calendars,
            MicrosoftAccounts accounts,
            SchedulingClient scheduling,
            Clock clock) {
        this.callers = callers;
        this.feeds = feeds;
        this.changes = changes;
        this.calendars = calendars;
        this.accounts = accounts;
        this.scheduling = scheduling;
        this.clock = clock;
    }

    @POST
    @Path("{id}/preview")
    @Operation(operationId = "previewSyncFeed", summary = "See how an appointment would look in Office 365")
    public Preview preview(@PathParam("id") UUID id, @Nullable @Valid Wish wish) {
        Caller caller = callers.member();
        Feed feed = feeds.find(caller.organisationId(), id)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("There is no feed with this id."));
        caller.mustManage(feed.staffId());
        FeedSettings settings = changes.merged(feed.settings(), wish == null ? null : wish.settings());
        RemoteCalendar calendar = calendars.get(feed.remoteCalendarId());
        MicrosoftAccount account = accounts.find(calendar.accountId()).orElseThrow();
        if (!(scheduling.organisation(feed.organisationId())
                        instanceof Answer.Known<OrganisationState>(OrganisationState organisation))
                || !(scheduling.appointments(feed.organisationId(), feed.staffId(), clock.instant(), null)
                        instanceof Answer.Known<SchedulingApi.AppointmentPage>(SchedulingApi.AppointmentPage page))) {
            throw ProblemType.PLAN_UNKNOWN.because(
                    "The scheduling service, which knows the appointments, does not answer; try again soon.");
        }
        AppointmentState next = page.items().isEmpty() ? null : page.items().getFirst();
        EventDraft draft = EventTemplate.draft(
                next == null ? invented(feed) : next,
                Looks.of(settings, organisation.outboundPrefix(), calendar, account),
                null);
        return new Preview(
                next == null ? null : next.number(),
                draft.subject(),
                draft.bodyHtml(),
                draft.location(),
                draft.showAs(),
                draft.sensitivity(),
                draft.reminderMinutes(),
                draft.categories(),
                draft.startAt(),
                draft.endAt());
    }

    private AppointmentState invented(Feed feed) {
        Instant start = clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(1));
        return new AppointmentState(
                new UUID(0, 0),
                1001,
                feed.organisationId(),
                feed.staffId(),
                start,
                start.plus(Duration.ofMinutes(30)),
                "OPEN",
                1,
                new AppointmentState.Named(new UUID(0, 0), "Consultation"),
                new AppointmentState.Named(new UUID(0, 0), "Room 1"),
                List.of(new AppointmentState.Attendee(
                        new UUID(0, 0), "Erika Example", "erika@example.org", "+49 30 1234567", "BOOKED")),
                null,
                null);
    }
}
