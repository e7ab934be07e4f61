package io.timetether.scheduling.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.scheduling.availability.Availability.View;
import io.timetether.scheduling.service.Service;
import io.timetether.scheduling.staff.TimetableSample;
import io.timetether.scheduling.staff.WeeklyHours.Range;
import io.timetether.scheduling.time.Intervals;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything that decides what can be booked, at random, against an oracle that asks of every minute whether it is worked
 * and free: hours per location, dated exceptions, hours across midnight, buffers, notice, horizon, maxima per day, time off,
 * unknown outside time, several staff members, and clock changes in zones of odd minutes.
 * {@code -Dtimetether.cases=100000} for many.
 */
class AvailabilityOracleTest {

    private static final int CASES = Integer.getInteger("timetether.cases", 3000);
    private static final int SEEDS = 6;
    private static final long MINUTE = 60;
    private static final int DAY_MINUTES = 1440;

    private static final List<String> ZONES = List.of(
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "Africa/Cairo",
            "America/Santiago",
            "Asia/Kathmandu",
            "Asia/Kolkata",
            "Pacific/Chatham",
            "Pacific/Kiritimati",
            "America/St_Johns",
            "Africa/Casablanca",
            "UTC");

    private static final List<UUID> PLACES = List.of(new UUID(1, 1), new UUID(1, 2));

    /** A weekly rule ({@code day} 1 is Monday) or, with a date, a rule of that date, closed if there is no range. */
    private record Rule(
            int day,
            @Nullable LocalDate date,
            @Nullable Range range,
            @Nullable UUID place) {}

    private record Somebody(UUID id, ZoneId zone, List<Rule> rules, List<long[]> occupied, List<long[]> away) {}

    private record Situation(
            Service service,
            ZoneId organisationZone,
            @Nullable UUID place,
            List<Somebody> staff,
            List<FullDays.Taken> taken,
            Instant now,
            long from,
            long until) {}

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void offersExactlyWhatCountingMinuteByMinuteFinds(long seed) {
        Random random = new Random(seed);
        int offered = 0;
        for (int round = 0; round < CASES / SEEDS; round++) {
            Situation situation = situation(random);
            Map<Long, List<UUID>> found = Availability.slotTable(
                            view(situation),
                            Instant.ofEpochSecond(situation.from()),
                            Instant.ofEpochSecond(situation.until()),
                            situation.now())
                    .asMap();
            assertThat(found).as("seed %d, round %d", seed, round).isEqualTo(counted(situation));
            offered += found.isEmpty() ? 0 : 1;
        }
        // Else the cases would show little.
        assertThat(offered).isGreaterThan(CASES / SEEDS / 4);
    }

    private static Situation situation(Random random) {
        ZoneId zone = zone(random);
        // Around a clock change, where one is near.
        Instant somewhere = Instant.ofEpochSecond(1_800_000_000L + random.nextInt(63_072_000) / 60 * 60L);
        var change = zone.getRules().nextTransition(somewhere);
        Instant centre = change == null || random.nextInt(3) == 0 ? somewhere : change.getInstant();
        long from = centre.getEpochSecond() - random.nextInt(DAY_MINUTES) * MINUTE;
        long until = from + (60 + random.nextInt(2 * DAY_MINUTES)) * MINUTE;
        Service service = service(random);
        List<Somebody> staff = new ArrayList<>();
        List<FullDays.Taken> taken = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            UUID id = new UUID(2, i);
            staff.add(somebody(random, id, random.nextInt(3) == 0 ? zone(random) : zone, from));
            for (int t = random.nextInt(4); t > 0; t--) {
                taken.add(new FullDays.Taken(id, from + random.nextInt(2 * DAY_MINUTES) * MINUTE));
            }
        }
        // Also a moment within a second, and one after the window has begun.
        Instant now = Instant.ofEpochSecond(from - random.nextInt(3 * DAY_MINUTES) * MINUTE + random.nextInt(7200))
                .plusMillis(random.nextInt(2) * 300);
        return new Situation(
                service,
                random.nextBoolean() ? zone : zone(random),
                random.nextBoolean() ? null : PLACES.get(random.nextInt(PLACES.size())),
                staff,
                taken,
                now,
                from,
                until);
    }

    private static ZoneId zone(Random random) {
        return ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    }

    private static Service service(Random random) {
        Service service = new Service();
        service.active = true;
        service.durationMinutes = 1 + random.nextInt(random.nextInt(4) == 0 ? 600 : 90);
        service.bufferBeforeMinutes = random.nextInt(3) * 10;
        service.bufferAfterMinutes = random.nextInt(3) * 5;
        service.slotGridMinutes = List.of(5, 10, 15, 20, 30, 60).get(random.nextInt(6));
        service.minimumNoticeMinutes = random.nextBoolean() ? 0 : random.nextInt(DAY_MINUTES);
        service.horizonDays = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 365;
        service.maxPerDayStaff = random.nextInt(4) == 0 ? 1 + random.nextInt(2) : null;
        service.maxPerDayOrganisation = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : null;
        return service;
    }

    private static Somebody somebody(Random random, UUID id, ZoneId zone, long from) {
        List<Rule> rules = new ArrayList<>();
        for (int day = 1; day <= 7; day++) {
            for (int i = random.nextInt(3); i > 0; i--) {
                rules.add(new Rule(day, null, range(random), place(random)));
            }
        }
        LocalDate first = LocalDate.ofInstant(Instant.ofEpochSecond(from), zone).minusDays(1);
        for (int day = 0; day < 5; day++) {
            LocalDate date = first.plusDays(day);
            switch (random.nextInt(5)) {
                case 0 -> rules.add(new Rule(0, date, null, null));
                case 1 -> {
                    for (int i = 1 + random.nextInt(2); i > 0; i--) {
                        rules.add(new Rule(0, date, range(random), place(random)));
                    }
                }
                default -> {}
            }
        }
        return new Somebody(id, zone, rules, pieces(random, from), pieces(random, from));
    }

    private static Range range(Random random) {
        int start = random.nextInt(288) * 5;
        return new Range(start, start + 5 + random.nextInt(287) * 5);
    }

    private static @Nullable UUID place(Random random) {
        return random.nextBoolean() ? null : PLACES.get(random.nextInt(PLACES.size()));
    }

    /** Unsorted, overlapping, some of them empty. */
    private static List<long[]> pieces(Random random, long from) {
        List<long[]> pieces = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            long start = from + (random.nextInt(4 * DAY_MINUTES) - DAY_MINUTES) * MINUTE;
            pieces.add(new long[] {start, start + random.nextInt(240) * MINUTE});
        }
        return pieces;
    }

    private static View view(Situation of) {
        Map<UUID, StaffFacts> facts = new LinkedHashMap<>();
        for (Somebody member : of.staff()) {
            TimetableSample timetable = new TimetableSample();
            for (Rule rule : member.rules()) {
                if (rule.date() != null) {
                    timetable.dated(rule.date(), rule.range(), rule.place());
                } else if (rule.range() != null) {
                    timetable.weekly(rule.day(), rule.range(), rule.place());
                }
            }
            int unknown = member.away().size() / 2;
            facts.put(
                    member.id(),
                    new StaffFacts(
                            member.id(),
                            member.zone(),
                            timetable.timetable().at(of.place()),
                            new BusyTime(
                                    Intervals.of(member.occupied()),
                                    Intervals.of(member.away()
                                            .subList(unknown, member.away().size())),
                                    List.of(),
                                    false),
                            Intervals.of(member.away().subList(0, unknown)),
                            FullDays.of(
                                    member.id(),
                                    member.zone(),
                                    of.service().maxPerDayStaff,
                                    of.organisationZone(),
                                    of.service().maxPerDayOrganisation,
                                    of.taken())));
        }
        Setup setup = new Setup(new UUID(3, 3), 1, of.organisationZone(), false, Map.of(), Map.of(), Map.of());
        return new View(setup, Optional.of(of.service()), facts, List.of());
    }

    /** The oracle. */
    private static Map<Long, List<UUID>> counted(Situation of) {
        Service service = of.service();
        Map<Long, List<UUID>> slots = new LinkedHashMap<>();
        long first = of.from() - 60 * MINUTE;
        int minutes = (int) ((of.until() - first) / MINUTE) + 60;
        for (Somebody member : of.staff()) {
            boolean[] worked = new boolean[minutes];
            boolean[] free = new boolean[minutes];
            for (int m = 0; m < minutes; m++) {
                long at = first + m * MINUTE;
                worked[m] = works(
                        member.rules(), of.place(), Instant.ofEpochSecond(at).atZone(member.zone()));
                free[m] = isFree(member.occupied(), at) && isFree(member.away(), at);
            }
            for (long t = of.from(); t + service.durationMinutes * MINUTE <= of.until(); t += MINUTE) {
                int m = (int) ((t - first) / MINUTE);
                if (isBookableAt(of, member, t)
                        && all(worked, m, m + service.durationMinutes)
                        && all(
                                free,
                                m - service.bufferBeforeMinutes,
                                m + service.durationMinutes + service.bufferAfterMinutes)) {
                    slots.computeIfAbsent(t, start -> new ArrayList<>()).add(member.id());
                }
            }
        }
        return slots;
    }

    private static boolean isBookableAt(Situation of, Somebody member, long t) {
        Service service = of.service();
        Instant start = Instant.ofEpochSecond(t);
        ZonedDateTime local = start.atZone(member.zone());
        LocalDate organisationDate = start.atZone(of.organisationZone()).toLocalDate();
        long ofStaff = of.taken().stream()
                .filter(taken -> taken.staffId().equals(member.id())
                        && Instant.ofEpochSecond(taken.start())
                                .atZone(member.zone())
                                .toLocalDate()
                                .equals(local.toLocalDate()))
                .count();
        long ofAll = of.taken().stream()
                .filter(taken -> Instant.ofEpochSecond(taken.start())
                        .atZone(of.organisationZone())
                        .toLocalDate()
                        .equals(organisationDate))
                .count();
        return local.getMinute() % service.slotGridMinutes == 0
                && local.getSecond() == 0
                && !start.isBefore(of.now().plusSeconds(service.minimumNoticeMinutes * MINUTE))
                && !start.isAfter(of.now().plusSeconds(service.horizonDays * 86_400L))
                && (service.maxPerDayStaff == null || ofStaff < service.maxPerDayStaff)
                && (service.maxPerDayOrganisation == null || ofAll < service.maxPerDayOrganisation);
    }

    private static boolean works(List<Rule> rules, @Nullable UUID place, ZonedDateTime at) {
        int minute = at.getHour() * 60 + at.getMinute();
        return isIn(rules, place, at.toLocalDate(), minute)
                || isIn(rules, place, at.toLocalDate().minusDays(1), minute + DAY_MINUTES);
    }

    private static boolean isIn(List<Rule> rules, @Nullable UUID place, LocalDate date, int minute) {
        boolean excepted = rules.stream().anyMatch(rule -> date.equals(rule.date()));
        return rules.stream()
                .filter(rule -> excepted
                        ? date.equals(rule.date())
                        : rule.date() == null
                                && rule.day() == date.getDayOfWeek().getValue())
                .filter(rule ->
                        place == null || rule.place() == null || rule.place().equals(place))
                .map(Rule::range)
                .anyMatch(range -> range != null && minute >= range.startMinute() && minute < range.endMinute());
    }

    private static boolean isFree(List<long[]> pieces, long at) {
        return pieces.stream().noneMatch(piece -> at >= piece[0] && at < piece[1]);
    }

    private static boolean all(boolean[] minutes, int from, int until) {
        for (int m = from; m < until; m++) {
            if (!minutes[m]) {
                return false;
            }
        }
        return true;
    }
}
