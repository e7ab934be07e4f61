package io.timetether.office365.calendarfile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.office365.mailbox.CalendarFolder;
import io.timetether.office365.mailbox.Calendaring;
import io.timetether.office365.mailbox.Event;
import io.timetether.office365.mailbox.ItemIds;
import io.timetether.office365.mailbox.Mailbox;
import io.timetether.office365.mailbox.Mailboxes;
import io.timetether.office365.mailbox.Refusal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Loads an iCalendar file into a calendar, as if its events had been entered or received there. */
public final class CalendarImport {

    /**
     * What became of a file.
     *
     * @param read how many VEVENTs it holds
     * @param events how many single events were made (those included that stand for a rule which Exchange cannot express)
     * @param series how many series were made
     * @param changed how many occurrences were changed on their own
     * @param deleted how many occurrences were taken out
     * @param shiftedDays by how many days everything was moved
     * @param skipped what could not be loaded, and why
     */
    public record Result(
            int read, int events, int series, int changed, int deleted, long shiftedDays, List<String> skipped) {}

    private static final double DAYS_OF_YEAR = 365.2425;
    private static final int FLATTENED_YEARS = 5;

    private final Mailboxes mailboxes;
    private final Calendaring calendaring;
    private final Clock clock;

    public CalendarImport(Mailboxes mailboxes, Clock clock) {
        this.mailboxes = mailboxes;
        this.calendaring = Calendaring.forOutlook(mailboxes, clock);
        this.clock = clock;
    }

    /**
     * Loads a file.
     *
     * @param shiftYears whether the file is moved by whole years, to the nearest whole week, so that its middle falls around today
     * @throws Refusal 400 when the text is no calendar
     */
    public Result load(Mailbox mailbox, CalendarFolder calendar, String text, boolean shiftYears) {
        Component file = CalendarFile.read(text);
        List<Component> events = file.children.stream()
                .filter(child -> child.name.equals("VEVENT"))
                .toList();
        String floating = file.value("X-WR-TIMEZONE");
        FileZones zones = new FileZones(
                file,
                floating.isEmpty()
                                || io.timetether.office365.zone.Zones.find(floating)
                                        .isEmpty()
                        ? mailbox.timeZone()
                        : floating,
                middle(events).orElse(clock.instant()));
        long shift = shiftYears ? shiftDays(events, zones) : 0;
        Run run = new Run(mailbox, calendar, zones, shift);
        return mailboxes.write(() -> {
            byUid(events).values().forEach(run::load);
            return new Result(
                    events.size(), run.singles, run.series, run.changed, run.deleted, shift, List.copyOf(run.skipped));
        });
    }

    private static Map<String, List<Component>> byUid(List<Component> events) {
        Map<String, List<Component>> groups = new LinkedHashMap<>();
        int unnamed = 0;
        for (Component event : events) {
            String uid = event.value("UID");
            groups.computeIfAbsent(uid.isEmpty() ? "without uid " + unnamed++ : uid, key -> new ArrayList<>())
                    .add(event);
        }
        return groups;
    }

    /** Roughly when the file's events are, whatever their zones. */
    private static Optional<Instant> middle(List<Component> events) {
        List<String> dates = events.stream()
                .map(event -> event.value("DTSTART"))
                .filter(start -> start.matches("[0-9]{8}.*"))
                .map(start -> start.substring(0, 8))
                .sorted()
                .toList();
        try {
            return dates.isEmpty()
                    ? Optional.empty()
                    : Optional.of(LocalDate.parse(dates.get(dates.size() / 2), DateTimeFormatter.BASIC_ISO_DATE)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private long shiftDays(List<Component> events, FileZones zones) {
        List<LocalDateTime> starts = starts(events, zones);
        if (starts.isEmpty()) {
            return 0;
        }
        LocalDate middle = starts.get(starts.size() / 2).toLocalDate();
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        long years = Math.round(ChronoUnit.DAYS.between(middle, today) / DAYS_OF_YEAR);
        // Something must have begun by today, or a lone series would lie wholly in the future.
        boolean begun =
                !starts.getFirst().toLocalDate().plusDays(wholeWeeks(years)).isAfter(today);
        return wholeWeeks(begun ? years : years - 1);
    }

    private static long wholeWeeks(long years) {
        return Math.round(years * DAYS_OF_YEAR / 7) * 7;
    }

    private static List<LocalDateTime> starts(List<Component> events, FileZones zones) {
        List<LocalDateTime> starts = new ArrayList<>();
        for (Component event : events) {
            try {
                starts.add(FileTimes.of(event, zones).start());
            } catch (FileTimes.Unreadable skippedLater) {
                // It is reported when it is loaded.
            }
        }
        starts.sort(null);
        return starts;
    }

    /** One import under way. */
    private final class Run {
        private final Mailbox mailbox;
        private final CalendarFolder calendar;
        private final FileZones zones;
        private final long shift;
        private final List<String> skipped = new ArrayList<>();
        private int singles;
        private int series;
        private int changed;
        private int deleted;

        Run(Mailbox mailbox, CalendarFolder calendar, FileZones zones, long shift) {
            this.mailbox = mailbox;
            this.calendar = calendar;
            this.zones = zones;
            this.shift = shift;
        }

        /** Loads all components of one UID: the event or series, and its changed occurrences. */
        void load(List<Component> group) {
            Event master = null;
            for (Component component : group) {
                if (component.find("RECURRENCE-ID").isEmpty()) {
                    Event made = guarded(component, () -> loadWhole(component, group));
                    master = made == null ? master : made;
                }
            }
            for (Component component : group) {
                if (component.find("RECURRENCE-ID").isPresent()) {
                    Event of = master;
                    guarded(component, () -> loadOverride(component, of));
                }
            }
        }

        private @Nullable Event loadWhole(Component component, List<Component> group) throws FileTimes.Unreadable {
            FileTimes times = FileTimes.of(component, zones).plusDays(shift);
            String rule = component.value("RRULE");
            ObjectNode json = FileEvent.toGraph(component, times, mailbox);
            if (rule.isEmpty()) {
                return createOn(component, times, dates(component, "RDATE", times), true);
            }
            FileRule pattern = new FileRule(rule, times, shift);
            // A series needs a zone whose clocks it follows.
            Optional<ObjectNode> recurrence = times.clocks() == null ? pattern.toGraph() : Optional.empty();
            Event first = recurrence.isPresent()
                    ? createSeries(component, json, recurrence.get())
                    : createFlattened(group, component, times, pattern);
            createOn(component, times, dates(component, "RDATE", times), false);
            return first;
        }

        /** Single events on the start's own date (if it counts) and on more dates, without those that are excluded. */
        private @Nullable Event createOn(Component component, FileTimes times, List<LocalDate> more, boolean ownDate)
                throws FileTimes.Unreadable {
            TreeSet<LocalDate> dates = new TreeSet<>(more);
            if (ownDate) {
                dates.add(times.startOnClocks().toLocalDate());
            }
            // Mozilla writes a master that excludes its only date, to carry changed occurrences of a series it never
            // saw.
            dates.removeAll(dates(component, "EXDATE", times));
            if (dates.isEmpty() && ownDate) {
                throw new FileTimes.Unreadable("all of its dates are excluded");
            }
            Event first = null;
            for (LocalDate date : dates) {
                Event event = create(FileEvent.toGraph(component, times.startingOn(date), mailbox));
                first = first == null ? event : first;
                singles++;
            }
            return first;
        }

        private List<LocalDate> dates(Component component, String name, FileTimes times) throws FileTimes.Unreadable {
            List<LocalDate> dates = new ArrayList<>();
            for (Component.Line line : component.all(name)) {
                for (String value : line.value().split(",")) {
                    int slash = value.indexOf('/');
                    FileTimes.Moment moment =
                            FileTimes.moment(line, slash < 0 ? value : value.substring(0, slash), zones);
                    dates.add(times.onClocks(moment).toLocalDate().plusDays(shift));
                }
            }
            return dates;
        }

        private Event createSeries(Component component, ObjectNode json, ObjectNode recurrence)
                throws FileTimes.Unreadable {
            json.set("recurrence", recurrence);
            Event event = create(json);
            series++;
            for (Component.Line line : component.all("EXDATE")) {
                for (String value : line.value().split(",")) {
                    FileTimes.Moment moment = FileTimes.moment(line, value, zones);
                    Optional<LocalDate> date = dateIn(event, moment);
                    if (date.isPresent()) {
                        calendaring.delete(mailbox, ItemIds.of(event, date.get(), true), null);
                        deleted++;
                    }
                }
            }
            return event;
        }

        /**
         * What Exchange cannot express, the rule or the zone whose clocks it follows, becomes single events for some years
         * around today, without those that are excluded or changed on their own.
         */
        private Event createFlattened(List<Component> group, Component component, FileTimes times, FileRule rule)
                throws FileTimes.Unreadable {
            LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
            TreeSet<LocalDate> dates =
                    new TreeSet<>(rule.dates(today.minusYears(FLATTENED_YEARS), today.plusYears(FLATTENED_YEARS)));
            if (dates.isEmpty()) {
                throw new FileTimes.Unreadable(
                        "the rule '" + component.value("RRULE") + "' has no occurrence within five years of today");
            }
            dates.removeAll(dates(component, "EXDATE", times));
            for (Component changedOne : group) {
                dates.removeAll(dates(changedOne, "RECURRENCE-ID", times));
            }
            if (dates.isEmpty()) {
                throw new FileTimes.Unreadable("all of its dates are excluded");
            }
            Event first = create(FileEvent.toGraph(component, times.startingOn(dates.getFirst()), mailbox));
            singles += dates.size();
            for (LocalDate date : dates.tailSet(dates.getFirst(), false)) {
                create(FileEvent.toGraph(component, times.startingOn(date), mailbox));
            }
            return first;
        }

        private Event loadOverride(Component component, @Nullable Event master) throws FileTimes.Unreadable {
            FileTimes times = FileTimes.of(component, zones).plusDays(shift);
            Component.Line line = component.find("RECURRENCE-ID").orElseThrow();
            FileTimes.Moment original = FileTimes.moment(line, line.value(), zones);
            Event current = master == null
                    ? null
                    : mailboxes.findEvent(mailbox, master.key()).orElse(null);
            Optional<LocalDate> date =
                    current == null || !current.isSeries() ? Optional.empty() : dateIn(current, original);
            ObjectNode json = FileEvent.toGraph(component, times, mailbox);
            if (current != null && date.isPresent()) {
                String id = ItemIds.of(current, date.get(), true);
                try {
                    changed++;
                    return calendaring.patch(mailbox, id, json, null).event();
                } catch (Refusal crossing) {
                    // Moved past its neighbours: Exchange cannot keep it inside the series.
                    changed--;
                    calendaring.delete(mailbox, id, null);
                    deleted++;
                }
            }
            singles++;
            return create(json);
        }

        /** The date of the series that a file's moment means; after a shift, dates of the year may be some days off. */
        private Optional<LocalDate> dateIn(Event event, FileTimes.Moment moment) {
            LocalDate wanted = (event.span().allDay()
                            ? moment.at()
                            : moment.in(event.span().startZone()))
                    .toLocalDate()
                    .plusDays(shift);
            int reach = shift == 0 ? 0 : 3;
            for (int off = 0; off <= reach; off++) {
                for (LocalDate date : List.of(wanted.plusDays(off), wanted.minusDays(off))) {
                    if (event.occurrenceOn(date).isPresent()) {
                        return Optional.of(date);
                    }
                }
            }
            return Optional.empty();
        }

        private Event create(ObjectNode json) {
            return calendaring.create(mailbox, calendar, json);
        }

        private @Nullable Event guarded(Component component, Step step) {
            try {
                return step.run();
            } catch (FileTimes.Unreadable why) {
                skipped.add(component.text("SUMMARY") + ": " + why.reason());
            } catch (Refusal refusal) {
                skipped.add(component.text("SUMMARY") + ": " + refusal.text());
            }
            return null;
        }
    }

    private interface Step {
        @Nullable
        Event run() throws FileTimes.Unreadable;
    }

    static ObjectNode time(LocalDateTime at, String zone) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("dateTime", at.toString())
                .put("timeZone", zone);
    }
}
