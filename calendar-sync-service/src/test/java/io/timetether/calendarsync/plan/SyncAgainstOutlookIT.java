package io.timetether.calendarsync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.calendarsync.ConnectedMailbox;
import io.timetether.calendarsync.graph.CalendarEntry;
import io.timetether.calendarsync.graph.GraphReply;
import io.timetether.calendarsync.graph.RoundOutcome;
import io.timetether.calendarsync.graph.RoundStart;
import io.timetether.calendarsync.plan.SyncFacts.Occasion;
import io.timetether.office365.Outlook;
import io.timetether.office365.mailbox.Occurrence;
import io.timetether.office365.mailbox.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Somebody acts at random in Outlook while delta rounds read along; after each round what scheduling holds is exactly what
 * blocks in Outlook. A failure names its seed.
 */
class SyncAgainstOutlookIT {
    private static final String ANNA = ConnectedMailbox.ADDRESS;
    private static final LocalDate FIRST = LocalDate.parse("2027-03-01");
    private static final SyncWindow WINDOW =
            new SyncWindow(Instant.parse("2027-03-01T00:00:00Z"), Instant.parse("2027-05-01T00:00:00Z"));
    private static final String[] ZONES = {"UTC", "W. Europe Standard Time", "Pacific Standard Time", "Asia/Kolkata"};
    private static final FeedRules RULES = FeedRules.defaults(ZoneOffset.UTC, WINDOW, OurEvents.none());

    private final List<String> events = new ArrayList<>();
    private final List<String> series = new ArrayList<>();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 12);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatBlocksHereIsWhatBlocksThere(long seed) {
        Random random = new Random(seed);
        try (ConnectedMailbox mailbox = ConnectedMailbox.withPagesOf(1 + random.nextInt(20))) {
            String calendar = ((GraphReply.Ok<CalendarEntry>) mailbox.graph.defaultCalendar(mailbox.access))
                    .value()
                    .id();
            Ledger feed = new Ledger(RULES);
            RoundStart start = new RoundStart.Baseline(WINDOW);
            for (int round = 0; round < 8; round++) {
                int deeds = 1 + random.nextInt(12);
                for (int i = 0; i < deeds; i++) {
                    act(random, mailbox.outlook);
                }
                start = round(mailbox, calendar, feed, start);
                assertThat(feed.blocks()).as("seed %d, round %d", seed, round).isEqualTo(truth(mailbox.outlook));
            }
        }
    }

    private RoundStart round(ConnectedMailbox mailbox, String calendar, Ledger feed, RoundStart start) {
        WaitingRemovals[] waiting = {WaitingRemovals.none()};
        RoundOutcome outcome = mailbox.graph.changesSince(
                mailbox.access, calendar, start, page -> waiting[0] = feed.take(waiting[0], page));
        return switch (outcome) {
            case RoundOutcome.Complete complete -> {
                feed.finish(waiting[0], complete.evidence(), Occasion.PERSON_ASKED);
                yield new RoundStart.Cursor(complete.deltaLink(), WINDOW);
            }
            case RoundOutcome.CursorExpired expired -> round(mailbox, calendar, feed, new RoundStart.Baseline(WINDOW));
            case RoundOutcome.Endless endless -> throw new AssertionError(endless);
            case RoundOutcome.Stopped stopped -> throw new AssertionError(stopped);
        };
    }

    private static TreeSet<String> truth(Outlook outlook) {
        TreeSet<String> blocks = new TreeSet<>();
        for (Occurrence row : outlook.occurrences(ANNA, WINDOW.from(), WINDOW.until())) {
            ShowAs showAs = ShowAs.of(row.details().path("showAs").asText());
            boolean declined = row.details()
                    .path("responseStatus")
                    .path("response")
                    .asText()
                    .equals("declined");
            boolean lasts = row.span().startAt().isBefore(row.span().endAt());
            if (FeedRules.DEFAULT_SHOW_AS.get(showAs) == BlockPolicy.BLOCK && !declined && lasts) {
                blocks.add(row.details().path("subject").asText() + " "
                        + row.span().startAt() + " " + row.span().endAt());
            }
        }
        return blocks;
    }

    private void act(Random random, Outlook outlook) {
        try {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> events.add(single(random, outlook));
                case 3 -> series.add(series(random, outlook));
                case 4 ->
                    outlook.move(
                            ANNA, any(random, events), at(random), at(random).plusYears(1), zone(random));
                case 5 -> outlook.change(ANNA, any(random, events), "{\"showAs\":\"" + showAs(random) + "\"}");
                case 6 ->
                    outlook.change(
                            ANNA,
                            any(random, series),
                            "{\"showAs\":\"" + showAs(random) + "\",\"subject\":\"R" + random.nextInt(1_000) + "\"}");
                case 7 -> outlook.deleteOccurrence(ANNA, any(random, series), date(random));
                case 8 -> {
                    String id = outlook.occurrenceId(ANNA, any(random, series), date(random));
                    LocalDateTime start = at(random);
                    outlook.move(ANNA, id, start, start.plusMinutes(45), zone(random));
                }
                default -> {
                    List<String> all = random.nextBoolean() ? events : series;
                    outlook.delete(ANNA, any(random, all));
                    if (random.nextInt(4) == 0) {
                        outlook.expireDeltaLinks(ANNA);
                    }
                }
            }
        } catch (Refusal | IllegalStateException notPossibleNow) {
            // The person tried something that Outlook does not allow, or that is gone: nothing happened.
            assertThat(notPossibleNow).isNotNull();
        }
    }

    private static String single(Random random, Outlook outlook) {
        String subject = "E" + random.nextInt(10_000);
        LocalDateTime start = at(random);
        if (random.nextInt(5) == 0) {
            return outlook.addAllDayEvent(
                    ANNA,
                    subject,
                    start.toLocalDate(),
                    start.toLocalDate().plusDays(1 + random.nextInt(3)),
                    zone(random));
        }
        return outlook.addEvent(ANNA, subject, start, start.plusMinutes(15L * random.nextInt(9)), zone(random));
    }

    private static String series(Random random, Outlook outlook) {
        LocalDate first = FIRST.minusDays(40).plusDays(random.nextInt(70));
        LocalDateTime start = first.atTime(random.nextInt(24), 0);
        String range = random.nextBoolean()
                ? "{\"type\":\"noEnd\",\"startDate\":\"%s\"}".formatted(first)
                : "{\"type\":\"numbered\",\"numberOfOccurrences\":%d,\"startDate\":\"%s\"}"
                        .formatted(1 + random.nextInt(30), first);
        return outlook.addSeries(
                ANNA,
                "S" + random.nextInt(10_000),
                start,
                start.plusMinutes(50),
                zone(random),
                "{\"pattern\":{\"type\":\"daily\",\"interval\":%d},\"range\":%s}"
                        .formatted(1 + random.nextInt(4), range));
    }

    private static String any(Random random, List<String> ids) {
        if (ids.isEmpty()) {
            throw new IllegalStateException("nothing there yet");
        }
        return ids.get(random.nextInt(ids.size()));
    }

    private static String showAs(Random random) {
        ShowAs[] all = ShowAs.values();
        return all[random.nextInt(all.length - 1)].wire();
    }

    private static LocalDate date(Random random) {
        return FIRST.plusDays(random.nextInt(50));
    }

    /** Mostly inside the window, sometimes before or after it. */
    private static LocalDateTime at(Random random) {
        return FIRST.minusDays(10).plusDays(random.nextInt(85)).atTime(random.nextInt(24), 15 * random.nextInt(4));
    }

    private static String zone(Random random) {
        return ZONES[random.nextInt(ZONES.length)];
    }
}
