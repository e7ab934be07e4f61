package io.timetether.localrun.demo;

import io.timetether.localrun.identity.Person;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the staff of the demo have in their Office 365 calendars before they connect them. */
final class DemoMailboxes {

    private static final String BOXES = "/simulator/mailboxes";

    private final Api simulator;
    private final DemoDays days;

    DemoMailboxes(Api simulator, DemoDays days) {
        this.simulator = simulator;
        this.days = days;
    }

    void annas(Person anna) {
        open(anna);
        timed(anna, "Dentist", 1, "11:00", "12:00", Map.of("showAs", "busy"));
        timed(anna, "Lunch with Mia", 2, "12:30", "13:30", Map.of("showAs", "free"));
        timed(anna, "Supplier call, perhaps", 2, "15:00", "15:30", Map.of("showAs", "tentative"));
        timed(anna, "Bank", 3, "09:00", "10:00", Map.of("showAs", "busy", "sensitivity", "private"));
        weekly(anna, "Team meeting", 1, "08:30", "09:15");
        wholeDay(anna, "Congress in Hamburg", 7, 2, "oof");
        wholeDay(anna, "Mia's birthday", 4, 1, "free");
    }

    void bens(Person ben) {
        open(ben);
        timed(ben, "School run", 1, "08:00", "08:45", Map.of("showAs", "busy"));
        timed(ben, "Writing reports at home", 3, "13:00", "15:00", Map.of("showAs", "workingElsewhere"));
        weekly(ben, "Team meeting", 1, "08:30", "09:15");
        weekly(ben, "Supervision", 2, "14:00", "15:00");
        wholeDay(ben, "Holiday", 11, 5, "oof");
    }

    void claras(Person clara) {
        open(clara);
        timed(clara, "Doctor", 2, "10:00", "11:00", Map.of("showAs", "busy", "sensitivity", "confidential"));
        timed(clara, "Yoga course", 3, "17:00", "18:00", Map.of("showAs", "busy"));
        weekly(clara, "Language course", 2, "16:00", "17:00");
        wholeDay(clara, "Moving house", 5, 1, "busy");
    }

    void empty(Person person) {
        open(person);
    }

    private void open(Person person) {
        if (simulator.ask(BOXES + "/" + person.email()).status() != 200) {
            simulator.post(
                    BOXES,
                    "demo-" + person.subject(),
                    Map.of(
                            "address", person.email(),
                            "displayName", person.name(),
                            "timeZone", "W. Europe Standard Time"));
        }
    }

    private void timed(
            Person person, String subject, int workingDay, String start, String end, Map<String, String> more) {
        LocalDate day = days.workingDay(workingDay);
        Map<String, Object> event = new HashMap<>(more);
        event.put("start", local(day, start));
        event.put("end", local(day, end));
        create(person, subject, event);
    }

    private void wholeDay(Person person, String subject, int workingDay, int count, String showAs) {
        LocalDate day = days.workingDay(workingDay);
        create(
                person,
                subject,
                Map.of(
                        "isAllDay",
                        true,
                        "showAs",
                        showAs,
                        "start",
                        local(day, "00:00"),
                        "end",
                        local(day.plusDays(count), "00:00")));
    }

    private void weekly(Person person, String subject, int workingDay, String start, String end) {
        LocalDate day = days.workingDay(workingDay);
        DayOfWeek weekday = day.getDayOfWeek();
        Map<String, Object> pattern = Map.of(
                "type",
                "weekly",
                "interval",
                1,
                "daysOfWeek",
                List.of(weekday.name().toLowerCase(Locale.ROOT)),
                "firstDayOfWeek",
                "monday");
        Map<String, Object> range = Map.of(
                "type",
                "endDate",
                "startDate",
                day.toString(),
                "endDate",
                day.plusMonths(6).toString(),
                "recurrenceTimeZone",
                "W. Europe Standard Time");
        create(
                person,
                subject,
                Map.of(
                        "showAs", "busy",
                        "start", local(day, start),
                        "end", local(day, end),
                        "recurrence", Map.of("pattern", pattern, "range", range)));
    }

    /** With a transactionId Office 365 makes an event once, however often it is asked. */
    private void create(Person person, String subject, Map<String, Object> event) {
        String transaction = "demo-" + person.subject() + "-" + subject.replaceAll("[^A-Za-z]", "-");
        Map<String, Object> whole = new HashMap<>(event);
        whole.put("subject", subject);
        whole.put("transactionId", transaction);
        simulator.post(BOXES + "/" + person.email() + "/events", transaction, whole);
    }

    private static Map<String, String> local(LocalDate day, String time) {
        return Map.of("dateTime", day.atTime(LocalTime.parse(time)) + ":00", "timeZone", "W. Europe Standard Time");
    }
}
