package io.timetether.calendarsync.publish;

import io.timetether.calendarsync.account.MicrosoftAccount;
import io.timetether.calendarsync.account.MicrosoftAccounts;
import io.timetether.calendarsync.account.RemoteCalendar;
import io.timetether.calendarsync.account.RemoteCalendars;
import io.timetether.calendarsync.connection.CalendarAccess;
import io.timetether.calendarsync.connection.CalendarAccess.Way;
import io.timetether.calendarsync.connection.Connection;
import io.timetether.calendarsync.connection.ConnectionState;
import io.timetether.calendarsync.connection.Connections;
import io.timetether.calendarsync.feed.Feed;
import io.timetether.calendarsync.feed.FeedState;
import io.timetether.calendarsync.feed.Feeds;
import io.timetether.calendarsync.feed.WritingFeeds;
import io.timetether.calendarsync.graph.GraphProblem;
import io.timetether.calendarsync.graph.InFlightSlots.Lane;
import io.timetether.calendarsync.jobs.Job;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.scheduling.Answer;
import io.timetether.calendarsync.scheduling.AppointmentState;
import io.timetether.calendarsync.scheduling.OrganisationState;
import io.timetether.calendarsync.scheduling.SchedulingClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The job that brings one feed's appointments to its calendar: what is due, in batches and several at a time, until
 * nothing waits. */
@ApplicationScoped
class PublishFeed implements Job {

    /** With three at a time some two seconds: what is booked meanwhile is in the next one. */
    private static final int BATCH = 50;

    private static final int BRAKE_EVENTS = 20;
    private static final Duration SCHEDULING_AWAY = Duration.ofSeconds(2);

    private final Feeds feeds;
    private final WritingFeeds writingFeeds;
    private final Connections connections;
    private final RemoteCalendars calendars;
    private final MicrosoftAccounts accounts;
    private final CalendarAccess access;
    private final PublishedEvents published;
    private final HeldEvents held;
    private final Snapshots snapshots;
    private final EventWriting writing;
    private final OutsideEditing editing;
    private final WritingProblems problems;
    private final Hands hands;
    private final SchedulingClient scheduling;
    private final Clock clock;

    PublishFeed(
            Feeds feeds,
            WritingFeeds writingFeeds,
            Connections connections,
            RemoteCalendars calendars,
            MicrosoftAccounts accounts,
            CalendarAccess access,
            PublishedEvents published,
            HeldEvents held,
            Snapshots snapshots,
            EventWriting writing,
            OutsideEditing editing,
            WritingProblems problems,
            Hands hands,
            SchedulingClient scheduling,
            Clock clock) {
        this.feeds = feeds;
        this.writingFeeds = writingFeeds;
        this.connections = connections;
        this.calendars = calendars;
        this.accounts = accounts;
        this.access = access;
        this.published = published;
        this.held = held;
        this.snapshots = snapshots;
        this.writing = writing;
        this.editing = editing;
        this.problems = problems;
        this.hands = hands;
        this.scheduling = scheduling;
        this.clock = clock;
    }

    @Override
    public JobKind kind() {
        return JobKind.PUBLISH_FEED;
    }

    @Override
    public Next run(String instance) {
        Feed feed = feeds.find(UUID.fromString(instance)).orElse(null);
        Connection connection = feed == null
                ? null
                : connections.find(feed.organisationId(), feed.connectionId()).orElse(null);
        // Whoever resumes, reconnects or upgrades wakes this job again.
        if (feed == null || connection == null || connection.state() != ConnectionState.ACTIVE || rests(feed)) {
            return new Next.WhenWoken();
        }
        if (feed.state() != FeedState.STOPPED && !snapshots.take(feed)) {
            return new Next.At(clock.instant().plus(SCHEDULING_AWAY));
        }
        List<PublishedEvent> due = published.listDue(feed.id(), BATCH);
        if (due.isEmpty()) {
            if (released(feed)) {
                return new Next.At(clock.instant());
            }
            return published.nextDue(feed.id()).<Next>map(Next.At::new).orElseGet(Next.WhenWoken::new);
        }
        return publish(feed, connection, due);
    }

    /**
     * The brake, outward: appointments that vanished without an erasure (a restored backup of scheduling-service, say). Few
     * of them go; most of a feed's events wait for a person.
     */
    private boolean released(Feed feed) {
        HeldEvents.Held now = held.count(feed.id());
        if (now.held() == 0 || feed.state() == FeedState.HELD || feed.state() == FeedState.STOPPED) {
            return false;
        }
        if (now.held() >= BRAKE_EVENTS && 2 * now.held() > now.known()) {
            feeds.hold(
                    feed.id(),
                    "%d of the %d coming appointments in this calendar are gone from Timetether at once, so their events were not removed. Please say whether that is right, or have everything looked at again."
                            .formatted(now.held(), now.known()));
            return false;
        }
        held.release(feed.id());
        return true;
    }

    private static boolean rests(Feed feed) {
        return switch (feed.state()) {
            case FIRST_SYNC, ACTIVE, HELD -> false;
            // A stopped feed of a connection that lives on may have events to take away.
            case STOPPED -> false;
            case PAUSED, PARKED -> true;
        };
    }

    private Next publish(Feed feed, Connection connection, List<PublishedEvent> due) {
        RemoteCalendar calendar = calendars.get(feed.remoteCalendarId());
        MicrosoftAccount account = accounts.find(calendar.accountId()).orElseThrow();
        var paused = accounts.pausedUntil(account.id());
        if (paused.isPresent()) {
            return new Next.At(paused.get());
        }
        if (!(scheduling.organisation(feed.organisationId())
                        instanceof Answer.Known<OrganisationState>(OrganisationState organisation))
                || !(scheduling.appointments(
                                due.stream().map(PublishedEvent::appointmentId).toList())
                        instanceof Answer.Known<List<AppointmentState>>(List<AppointmentState> states))) {
            return new Next.At(clock.instant().plus(SCHEDULING_AWAY));
        }
        return switch (access.through(account.id(), connection.id(), Lane.BACKGROUND)) {
            case Way.Open open ->
                publish(
                        feed,
                        calendar,
                        new EventWriting.Target(
                                open.access(),
                                calendar.graphId(),
                                Looks.of(feed.settings(), organisation.outboundPrefix(), calendar, account)),
                        due,
                        states.stream().collect(Collectors.toMap(AppointmentState::id, Function.identity())));
            case Way.ReconnectNeeded needed -> new Next.WhenWoken();
            case Way.Unavailable away -> new Next.At(clock.instant().plus(WritingProblems.LATER));
            case Way.Misconfigured wrong -> new Next.At(clock.instant().plus(WritingProblems.MUCH_LATER));
        };
    }

    private Next publish(
            Feed feed,
            RemoteCalendar calendar,
            EventWriting.Target target,
            List<PublishedEvent> due,
            Map<UUID, AppointmentState> appointments) {
        List<Next> rests = hands.untilStopped(
                calendar.accountId(),
                due,
                event -> publish(feed, calendar, target, event, appointments.get(event.appointmentId())));
        if (rests.isEmpty()) {
            writingFeeds.publishProblem(feed.id(), null);
            return new Next.At(clock.instant());
        }
        return longest(rests);
    }

    /** Brings one event up to date; with an answer the feed rests until then. */
    private Optional<Next> publish(
            Feed feed,
            RemoteCalendar calendar,
            EventWriting.Target target,
            PublishedEvent event,
            @Nullable AppointmentState appointment) {
        Optional<GraphProblem> left = writing.removeStrays(target.access(), target.calendarId(), event);
        if (left.isPresent()) {
            return problems.note(feed, calendar, event, left.get());
        }
        if (appointment == null && feed.state() != FeedState.STOPPED && event.lostWithoutAWord()) {
            held.hold(event);
            return Optional.empty();
        }
        boolean shown =
                feed.state() != FeedState.STOPPED && !event.removalWanted() && WhatIsWritten.shows(feed, appointment);
        Optional<GraphProblem> problem = shown && appointment != null
                ? show(feed, target, event, appointment)
                : writing.remove(target.access(), target.calendarId(), event);
        return problem.flatMap(why -> problems.note(feed, calendar, event, why));
    }

    /** Whoever has to be woken waits for that; else the one who was told to wait longest knows best. */
    private static Next longest(List<Next> rests) {
        Instant latest = Instant.MIN;
        for (Next rest : rests) {
            switch (rest) {
                case Next.WhenWoken whenWoken -> {
                    return whenWoken;
                }
                case Next.At(Instant at) -> latest = at.isAfter(latest) ? at : latest;
            }
        }
        return new Next.At(latest);
    }

    /** An edit in Office 365 is answered as the feed says, unless the appointment has changed here since: that wins. */
    private Optional<GraphProblem> show(
            Feed feed, EventWriting.Target target, PublishedEvent event, AppointmentState appointment) {
        return event.edited() && EventWriting.isUnchangedHere(target, event, appointment)
                ? editing.answer(feed, target, event, appointment)
                : writing.show(target, event, appointment);
    }
}
