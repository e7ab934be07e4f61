package io.timetether.calendarsync.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A part of a list; {@code next} is the cursor of the following part, null at the end. */
public record Page<T>(List<T> items, @Nullable String next) {

    /** From a query that asked for one row more than {@code limit}, to learn whether another page follows. */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, Cursor> cursorOf) {
        if (rows.size() <= limit) {
            return new Page<>(List.copyOf(rows), null);
        }
        List<T> items = List.copyOf(rows.subList(0, limit));
        return new Page<>(items, cursorOf.apply(items.getLast()).encoded());
    }
}
