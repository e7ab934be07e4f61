package io.timetether.scheduling.availability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ObjLongConsumer;

/** Slots of several staff members by start, without an object a slot: there can be hundreds of thousands. PURE. */
final class SlotTable {

    /** Epoch seconds need 34 bits until the year 2514; what is left tells the staff member. */
    private static final int STAFF_BITS = 20;

    private final List<UUID> staffIds;
    private long[] packed = new long[64];
    private int count;

    SlotTable(List<UUID> staffIds) {
        if (staffIds.size() >= 1 << STAFF_BITS) {
            throw new IllegalArgumentException("too many staff members");
        }
        this.staffIds = List.copyOf(staffIds);
    }

    void add(int staffIndex, long[] starts) {
        if (count + starts.length > packed.length) {
            packed = Arrays.copyOf(packed, Math.max(packed.length * 2, count + starts.length));
        }
        for (long start : starts) {
            packed[count++] = start << STAFF_BITS | staffIndex;
        }
    }

    int size() {
        return count;
    }

    /** By start; of one start, the staff members in the order that they were given in. */
    void forEach(ObjLongConsumer<List<UUID>> consumer) {
        if (staffIds.size() == 1) {
            for (int i = 0; i < count; i++) {
                consumer.accept(staffIds, packed[i] >> STAFF_BITS);
            }
            return;
        }
        Arrays.sort(packed, 0, count);
        List<UUID> free = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long start = packed[i] >> STAFF_BITS;
            free.add(staffIds.get((int) (packed[i] & (1 << STAFF_BITS) - 1)));
            if (i + 1 == count || packed[i + 1] >> STAFF_BITS != start) {
                consumer.accept(free, start);
                free.clear();
            }
        }
    }

    Map<Long, List<UUID>> asMap() {
        Map<Long, List<UUID>> slots = new LinkedHashMap<>();
        forEach((free, start) -> slots.put(start, List.copyOf(free)));
        return slots;
    }
}
