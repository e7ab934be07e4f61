package io.timetether.calendarsync;

import com.fasterxml.jackson.databind.JsonNode;
import io.timetether.calendarsync.database.CrashPoints;
import io.timetether.office365.Outlook;
import io.timetether.office365.fault.Fault;
import io.timetether.office365.fault.Trouble;
import io.timetether.office365.mailbox.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Everything that can happen to one mailbox, at random: its owner in Outlook, clients that book, Microsoft and
 * scheduling-service failing, and our own process stopping. It remembers what must come of it.
 */
final class Storm {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String ZONE = "W. Europe Standard Time";
    private static final List<Trouble> REQUESTS = List.of(
            Trouble.TOKEN_EXPIRED,
            Trouble.SYNC_STATE_NOT_FOUND,
            Trouble.THROTTLED,
            Trouble.TOO_MANY_REQUESTS,
            Trouble.INTERNAL_ERROR,
            Trouble.SERVER_BUSY,
            Trouble.UNKNOWN_ERROR,
            Trouble.GATEWAY_PAGE,
            Trouble.DROPPED_BEFORE,
            Trouble.DROPPED_AFTER);
    private static final List<Trouble> ROUNDS =
            List.of(Trouble.STALE_DELTA, Trouble.REPEATED_ITEMS, Trouble.SYNC_STATE_INVALID, Trouble.RESYNC_REQUIRED);
    private static final List<Trouble> NOTIFICATIONS =
            List.of(Trouble.LOST, Trouble.DELAYED, Trouble.DOUBLED, Trouble.FORGED);

    private final Surroundings around = Surroundings.get();
    private final Outlook outlook = around.outlook();
    private final LocalDate day = LocalDate.now(BERLIN).plusDays(3);
    private final Random random;
    private final Person person;
    private final List<String> singles = new ArrayList<>();
    private final List<String> series = new ArrayList<>();
    private final Map<UUID, Instant> booked = new LinkedHashMap<>();
    private final Map<UUID, String> clients = new HashMap<>();
    private final Set<UUID> meddledWith = new HashSet<>();
    private final Map<String, Integer> versions = new HashMap<>();
    private final Set<String> touched = new HashSet<>();

    Storm(long seed, Person person) {
        this.random = new Random(seed);
        this.person = person;
    }

    /** The appointments that are open: how each stands in Office 365. */
    List<String> written() {
        return booked.entrySet().stream()
                .map(one -> "[tt] Massage – " + clients.get(one.getKey()) + " " + one.getValue())
                .sorted()
                .toList();
    }

    /** The person's own events that still exist, with the version that the person's last act left. */
    Map<String, Integer> untouched() {
        return versions;
    }

    /** Titles of what the person has moved, freed or deleted: only these may ever cease to block. */
    Set<String> mayHaveGone() {
        return touched;
    }

    /** The person or a client does something. */
    void act() {
        try {
            switch (random.nextInt(14)) {
                case 0, 1 -> add("E" + random.nextInt(1_000_000), "normal");
                case 2 -> add("P" + random.nextInt(1_000_000), "private");
                case 3 -> addAllDay();
                case 4 -> addSeries();
                case 5 -> moveSingle();
                case 6 -> deleteSingle();
                case 7 -> showAs();
                case 8 -> changeOccurrence();
                case 9, 10 -> book();
                case 11 -> moveOrCancel();
                case 12 -> meddle();
                default -> deleteSeries();
            }
        } catch (Refusal | IllegalStateException notPossibleNow) {
            // Exchange refuses some of these (an occurrence past its neighbour), as it would refuse the person.
        }
    }

    /** Something fails, or stops. */
    void fail() {
        String mailbox = outlook.mailbox(person.address()).id();
        switch (random.nextInt(10)) {
            case 0, 1, 2 ->
                around.microsoft
                        .faults()
                        .order(Fault.of(one(REQUESTS))
                                .forMailbox(mailbox)
                                .times(1 + random.nextInt(2))
                                .retryAfter(random.nextBoolean() ? "" : "0." + random.nextInt(1, 9)));
            case 3 ->
                around.microsoft
                        .faults()
                        .order(Fault.of(Trouble.DROPPED_AFTER)
                                .forMailbox(mailbox)
                                .on(random.nextBoolean() ? "POST" : "PATCH", "/events"));
            case 4 ->
                // Only rounds that go on from a cursor can meet these: a first page that is empty says that all is
                // gone.
                around.microsoft
                        .faults()
                        .order(Fault.of(one(ROUNDS)).forMailbox(mailbox).on("GET", "[$]deltatoken="));
            case 5 ->
                around.microsoft
                        .faults()
                        .order(Fault.of(one(NOTIFICATIONS))
                                .forMailbox(mailbox)
                                .times(1 + random.nextInt(3))
                                .lasting(random.nextInt(50, 1_500)));
            case 6 -> outlook.expireDeltaLinks(person.address());
            case 7 -> around.scheduling.away(random.nextBoolean());
            case 8 -> {
                if (random.nextInt(4) == 0) {
                    outlook.revokeSessions(person.address());
                }
            }
            default -> CrashPoints.stopAfter(random.nextInt(120));
        }
    }

    private void add(String subject, String sensitivity) {
        LocalDateTime start = at();
        String id = outlook.addEvent(
                person.address(), """
                {"subject":"%s","sensitivity":"%s","start":{"dateTime":"%s","timeZone":"%s"},
                 "end":{"dateTime":"%s","timeZone":"%s"}}
                """.formatted(subject, sensitivity, start, ZONE, start.plusHours(1), ZONE));
        singles.add(id);
        seen(id);
    }

    private void addAllDay() {
        LocalDate first = day.plusDays(random.nextInt(40));
        String id = outlook.addAllDayEvent(
                person.address(), "A" + random.nextInt(1_000_000), first, first.plusDays(1 + random.nextInt(3)), ZONE);
        outlook.change(person.address(), id, "{\"showAs\":\"oof\"}");
        seen(id);
    }

    private void addSeries() {
        LocalDateTime start = day.atTime(random.nextInt(22), 0);
        String id = outlook.addSeries(
                person.address(), "S" + random.nextInt(1_000_000), start, start.plusMinutes(45), ZONE, """
                {"pattern":{"type":"daily","interval":3},
                 "range":{"type":"numbered","numberOfOccurrences":%d,"startDate":"%s"}}
                """.formatted(
                                2 + random.nextInt(8), day));
        series.add(id);
        seen(id);
    }

    private void moveSingle() {
        String id = one(singles);
        touch(id);
        LocalDateTime start = at();
        outlook.move(person.address(), id, start, start.plusMinutes(30), ZONE);
        seen(id);
    }

    private void deleteSingle() {
        String id = one(singles);
        touch(id);
        outlook.delete(person.address(), id);
        singles.remove(id);
        versions.remove(id);
    }

    private void deleteSeries() {
        if (series.size() > 2) {
            String id = one(series);
            touch(id);
            outlook.delete(person.address(), id);
            series.remove(id);
            versions.remove(id);
        }
    }

    private void showAs() {
        String id = one(random.nextBoolean() ? singles : series);
        touch(id);
        outlook.change(
                person.address(),
                id,
                "{\"showAs\":\"%s\"}".formatted(one(List.of("free", "busy", "tentative", "workingElsewhere", "oof"))));
        seen(id);
    }

    private void changeOccurrence() {
        String id = one(series);
        LocalDate date = day.plusDays(3L * random.nextInt(6));
        String occurrence = outlook.occurrenceId(person.address(), id, date);
        touch(id);
        if (random.nextBoolean()) {
            outlook.delete(person.address(), occurrence);
        } else {
            LocalDateTime start = date.plusDays(random.nextInt(2)).atTime(random.nextInt(22), 30);
            outlook.move(person.address(), occurrence, start, start.plusMinutes(20), ZONE);
        }
        seen(id);
    }

    private void book() {
        Instant start = at().atZone(BERLIN).toInstant();
        String client = "Client " + random.nextInt(1_000_000);
        UUID id = around.scheduling.book(person.organisation, person.staff, start, start.plusSeconds(1800), client);
        booked.put(id, start);
        clients.put(id, client);
    }

    private void moveOrCancel() {
        UUID id = one(List.copyOf(booked.keySet()));
        if (random.nextBoolean()) {
            around.scheduling.change(id, Map.of("status", "CANCELLED"));
            booked.remove(id);
        } else {
            Instant start = at().atZone(BERLIN).toInstant();
            around.scheduling.change(
                    id,
                    Map.of(
                            "startAt", start.toString(),
                            "endAt", start.plusSeconds(1800).toString()));
            booked.put(id, start);
        }
    }

    /** The person changes or deletes an event of ours; once each, for after the third time we would leave it be. */
    private void meddle() {
        UUID id = one(List.copyOf(booked.keySet()));
        if (meddledWith.contains(id)) {
            return;
        }
        String client = clients.get(id);
        InOutlook ours = InOutlook.all(outlook, person.address()).stream()
                .filter(event -> event.subject().endsWith(client))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not written yet"));
        meddledWith.add(id);
        if (random.nextBoolean()) {
            outlook.delete(person.address(), ours.id());
        } else {
            outlook.change(person.address(), ours.id(), "{\"subject\":\"Mine – %s\"}".formatted(client));
        }
    }

    private void touch(String id) {
        JsonNode details = outlook.get(person.address(), id).details();
        touched.add(title(details));
    }

    private void seen(String id) {
        versions.put(id, outlook.get(person.address(), id).version());
    }

    /** As what it blocks. */
    static String title(JsonNode details) {
        return details.path("sensitivity").asText().equals("private")
                ? "Private"
                : details.path("subject").asText();
    }

    private LocalDateTime at() {
        return day.plusDays(random.nextInt(40)).atTime(random.nextInt(23), 15 * random.nextInt(4));
    }

    private <T> T one(List<T> things) {
        if (things.isEmpty()) {
            throw new IllegalStateException("nothing there yet");
        }
        return things.get(random.nextInt(things.size()));
    }
}
