package io.timetether.scheduling.time;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Half-open intervals in epoch seconds: sorted, disjoint, none empty, none touching. Kept in plain arrays because they
 * are swept for every slot.
 */
public final class Intervals {

    public static final Intervals NONE = new Intervals(new long[0], new long[0]);

    private final long[] starts;
    private final long[] ends;

    private Intervals(long[] starts, long[] ends) {
        this.starts = starts;
        this.ends = ends;
    }

    /** From {start, end} pairs in any order, overlapping or not; empty ones vanish. */
    public static Intervals of(List<long[]> pairs) {
        List<long[]> sorted = new ArrayList<>(pairs);
        sorted.sort(Comparator.comparingLong(pair -> pair[0]));
        long[] starts = new long[sorted.size()];
        long[] ends = new long[sorted.size()];
        int count = 0;
        for (long[] pair : sorted) {
            if (pair[1] <= pair[0]) {
                continue;
            }
            if (count > 0 && pair[0] <= ends[count - 1]) {
                ends[count - 1] = Math.max(ends[count - 1], pair[1]);
            } else {
                starts[count] = pair[0];
                ends[count] = pair[1];
                count++;
            }
        }
        return new Intervals(Arrays.copyOf(starts, count), Arrays.copyOf(ends, count));
    }

    public int size() {
        return starts.length;
    }

    public long start(int index) {
        return starts[index];
    }

    public long end(int index) {
        return ends[index];
    }

    /** The first interval that ends after {@code instant}, looked for from {@code index} on; {@link #size()} if none. */
    public int firstEndingAfter(long instant, int index) {
        int low = index;
        int high = starts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] > instant) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** True if one interval holds all of [{@code start}, {@code end}). */
    public boolean contains(long start, long end) {
        int index = firstEndingAfter(start, 0);
        return index < starts.length && starts[index] <= start && ends[index] >= end;
    }

    /** True if any interval shares an instant with [{@code start}, {@code end}). */
    public boolean overlaps(long start, long end) {
        int index = firstEndingAfter(start, 0);
        return index < starts.length && starts[index] < end;
    }

    /** What lies in either. */
    public Intervals union(Intervals other) {
        if (other.size() == 0) {
            return this;
        }
        if (size() == 0) {
            return other;
        }
        List<long[]> pairs = new ArrayList<>(size() + other.size());
        addTo(pairs);
        other.addTo(pairs);
        return of(pairs);
    }

    private void addTo(List<long[]> pairs) {
        for (int i = 0; i < starts.length; i++) {
            pairs.add(new long[] {starts[i], ends[i]});
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Intervals that && Arrays.equals(starts, that.starts) && Arrays.equals(ends, that.ends);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(starts) + Arrays.hashCode(ends);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Intervals");
        for (int i = 0; i < starts.length; i++) {
            text.append(" [").append(starts[i]).append(", ").append(ends[i]).append(')');
        }
        return text.toString();
    }
}
