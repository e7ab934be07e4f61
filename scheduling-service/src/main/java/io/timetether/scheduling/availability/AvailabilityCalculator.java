package io.timetether.scheduling.availability;

import io.timetether.scheduling.time.Intervals;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;

/**
 * The slots of one staff member. PURE, one sweep over sorted arrays. t is a slot iff [t, t+duration) lies in working
 * time and in the window, [t−before, t+duration+after) is free, and the minute of the local hour at t is a multiple of
 * the grid. All times in epoch seconds; working and busy time must cover the window and the buffers around it.
 */
public final class AvailabilityCalculator {

    private AvailabilityCalculator() {}

    /** Starts of all slots with {@code from} ≤ t and t + duration ≤ {@code until}, ascending. */
    public static long[] slots(ZoneId zone, Intervals working, Intervals busy, SlotRules rules, long from, long until) {
        Sweep sweep = new Sweep(zone.getRules(), busy, rules, from);
        for (int i = working.firstEndingAfter(from, 0); i < working.size() && working.start(i) < until; i++) {
            sweep.through(Math.max(from, working.start(i)), Math.min(until, working.end(i)));
        }
        return sweep.found();
    }

    /** True iff the local wall-clock time at {@code start} lies on the grid. */
    public static boolean isOnGrid(ZoneId zone, SlotRules rules, long start) {
        long local =
                start + zone.getRules().getOffset(Instant.ofEpochSecond(start)).getTotalSeconds();
        return Math.floorMod(local, rules.grid()) == 0;
    }

    /** Remembers where it is in the busy time and in the zone's stretches of constant offset: all go forward only. */
    private static final class Sweep {

        private final ZoneRules zone;
        private final Intervals busy;
        private final SlotRules rules;
        private long[] slots = new long[64];
        private int count;
        private int nextBusy;
        private long offset;
        private long stretchEnd;

        Sweep(ZoneRules zone, Intervals busy, SlotRules rules, long from) {
            this.zone = zone;
            this.busy = busy;
            this.rules = rules;
            enterStretch(from);
        }

        void through(long start, long end) {
            long lastStart = end - rules.duration();
            long t = firstOnGrid(start);
            while (t <= lastStart) {
                nextBusy = firstBusyAfter(t - rules.bufferBefore());
                if (nextBusy < busy.size() && busy.start(nextBusy) < t + rules.duration() + rules.bufferAfter()) {
                    t = firstOnGrid(busy.end(nextBusy) + rules.bufferBefore());
                } else {
                    add(t);
                    t = firstOnGrid(t + 1);
                }
            }
        }

        long[] found() {
            return Arrays.copyOf(slots, count);
        }

        /** Mostly the same interval or the next one; a jump over many is found by halving. */
        private int firstBusyAfter(long instant) {
            int index = nextBusy;
            for (int step = 0; step < 4; step++, index++) {
                if (index >= busy.size() || busy.end(index) > instant) {
                    return index;
                }
            }
            return busy.firstEndingAfter(instant, index);
        }

        private long firstOnGrid(long instant) {
            long t = instant;
            while (true) {
                while (t >= stretchEnd) {
                    enterStretch(t);
                }
                long local = t + offset;
                long onGrid = local + Math.floorMod(-local, rules.grid()) - offset;
                if (onGrid < stretchEnd) {
                    return onGrid;
                }
                t = stretchEnd;
            }
        }

        private void enterStretch(long instant) {
            Instant at = Instant.ofEpochSecond(instant);
            offset = zone.getOffset(at).getTotalSeconds();
            ZoneOffsetTransition next = zone.nextTransition(at);
            stretchEnd = next == null ? Long.MAX_VALUE : next.toEpochSecond();
        }

        private void add(long slot) {
            if (count == slots.length) {
                slots = Arrays.copyOf(slots, count * 2);
            }
            slots[count++] = slot;
        }
    }
}
