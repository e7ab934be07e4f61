package io.timetether.office365.mailbox;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ids that Graph shows, in both of its kinds. They are opaque to clients and case-sensitive. An ordinary id changes when the
 * item moves to another calendar; an immutable one does not.
 */
public final class ItemIds {

    /** What an id means: an event, or one occurrence of a series. */
    public record ItemId(String key, int moves, @Nullable LocalDate date) {
        /** Whether the id still names that event (an ordinary id dies with a move). */
        public boolean names(Event event) {
            return moves < 0 || moves == event.moves();
        }
    }

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final Pattern ORDINARY = Pattern.compile("AAMkA[DF]([A-Za-z0-9_-]{24})([0-9]{4})([0-9]{8})?=");
    private static final Pattern IMMUTABLE = Pattern.compile("AAkAL[gO]([A-Za-z0-9_-]{24})([0-9]{8})?=");

    private ItemIds() {}

    /** A new random key of 24 letters that need no escaping in a URL. */
    static String newKey() {
        byte[] bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static String of(Event event, @Nullable LocalDate date, boolean immutable) {
        return of(event.key(), event.moves(), date, immutable);
    }

    public static String of(String key, int moves, @Nullable LocalDate date, boolean immutable) {
        String day = date == null ? "" : DAY.format(date);
        if (immutable) {
            return "AAkAL" + (date == null ? "g" : "O") + key + day + "=";
        }
        return "AAMkA" + (date == null ? "D" : "F") + key + "%04d".formatted(moves) + day + "=";
    }

    /**
     * Reads an id.
     *
     * @throws Refusal 400 ErrorInvalidIdMalformed when it is none
     */
    public static ItemId parse(String id) {
        Matcher ordinary = ORDINARY.matcher(id);
        if (ordinary.matches()) {
            return new ItemId(ordinary.group(1), Integer.parseInt(ordinary.group(2)), day(ordinary.group(3)));
        }
        Matcher immutable = IMMUTABLE.matcher(id);
        if (immutable.matches()) {
            return new ItemId(immutable.group(1), -1, day(immutable.group(2)));
        }
        throw Refusal.malformedId();
    }

    static String changeKey(String key, @Nullable LocalDate date, int version) {
        String state = key + (date == null ? "" : DAY.format(date)) + version;
        return Base64.getEncoder()
                .encodeToString(java.util.Arrays.copyOf(
                        java.util
                                .UUID
                                .nameUUIDFromBytes(state.getBytes(StandardCharsets.UTF_8))
                                .toString()
                                .getBytes(StandardCharsets.UTF_8),
                        18));
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text, DAY);
        } catch (DateTimeException notADate) {
            throw Refusal.malformedId();
        }
    }
}
