package io.timetether.scheduling.availability;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Writes slots as JSON bytes. PURE. A window can hold many thousands, and a general JSON writer takes ten times as long
 * for them as finding them does: here a date is written once a day, and a time is eight digits.
 */
final class SlotsJson {

    private static final int DAY = 86_400;
    private static final byte[] START = bytes("{\"startAt\":\"");
    private static final byte[] END = bytes("Z\",\"endAt\":\"");
    private static final byte[] STAFF = bytes("Z\",\"staffIds\":[\"");
    private static final byte[] NEXT = bytes("\",\"");
    private static final byte[] DONE = bytes("\"]}");

    private final long duration;
    private byte[] json;
    private int length;
    private long dayOfStart = Long.MIN_VALUE;
    private long dayOfEnd = Long.MIN_VALUE;
    private byte[] startDate = {};
    private byte[] endDate = {};

    private SlotsJson(long duration, int expected) {
        this.duration = duration;
        this.json = new byte[64 + expected];
    }

    /** A JSON array of {@code {startAt, endAt, staffIds}}; {@code duration} in seconds. */
    static byte[] array(SlotTable slots, long duration) {
        SlotsJson writer = new SlotsJson(duration, slots.size() * 130);
        writer.append((byte) '[');
        slots.forEach(writer::slot);
        writer.append((byte) ']');
        return Arrays.copyOf(writer.json, writer.length);
    }

    private void slot(List<UUID> staffIds, long start) {
        if (length > 1) {
            append((byte) ',');
        }
        append(START);
        long day = Math.floorDiv(start, DAY);
        if (day != dayOfStart) {
            dayOfStart = day;
            startDate = date(day);
        }
        append(startDate);
        time((int) (start - day * DAY));
        append(END);
        long end = start + duration;
        long lastDay = Math.floorDiv(end, DAY);
        if (lastDay != dayOfEnd) {
            dayOfEnd = lastDay;
            endDate = date(lastDay);
        }
        append(endDate);
        time((int) (end - lastDay * DAY));
        append(STAFF);
        for (int i = 0; i < staffIds.size(); i++) {
            if (i > 0) {
                append(NEXT);
            }
            append(bytes(staffIds.get(i).toString()));
        }
        append(DONE);
    }

    private static byte[] date(long epochDay) {
        return bytes(LocalDate.ofEpochDay(epochDay) + "T");
    }

    private void time(int secondOfDay) {
        ensure(8);
        digits(secondOfDay / 3600);
        json[length++] = ':';
        digits(secondOfDay / 60 % 60);
        json[length++] = ':';
        digits(secondOfDay % 60);
    }

    private void digits(int number) {
        json[length++] = (byte) ('0' + number / 10);
        json[length++] = (byte) ('0' + number % 10);
    }

    private void append(byte[] text) {
        ensure(text.length);
        System.arraycopy(text, 0, json, length, text.length);
        length += text.length;
    }

    private void append(byte character) {
        ensure(1);
        json[length++] = character;
    }

    private void ensure(int more) {
        if (length + more > json.length) {
            json = Arrays.copyOf(json, Math.max(json.length * 2, length + more));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
