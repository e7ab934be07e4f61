package io.timetether.calendarsync.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A fingerprint of everything that an item shows or puts, so that a replayed event costs no write. */
public final class ContentHash {
    private ContentHash() {}

    /**
     * Equal exactly when neither the verdict nor anything that "View feed" shows of the event has changed. The etag is
     * left out on purpose: it changes for bodies and reminders too, which are nothing to us.
     */
    public static String of(RemoteEvent event, Verdict verdict) {
        StringBuilder text = new StringBuilder();
        add(text, event.id());
        add(text, event.seriesId());
        add(text, event.iCalUId());
        add(text, event.subject());
        add(text, event.when());
        add(text, event.showAs());
        add(text, event.sensitivity());
        add(text, event.originalStart());
        add(text, event.lastModifiedAt());
        add(text, event.webLink());
        switch (verdict) {
            case Verdict.Blocks blocks -> {
                add(text, "blocks");
                add(text, blocks.title());
            }
            case Verdict.Ignored ignored -> {
                add(text, ignored.reason());
                add(text, ignored.sentence());
            }
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    /** Each part with its length before it: no text can be mistaken for the end of a field. */
    private static void add(StringBuilder text, @Nullable Object part) {
        if (part == null) {
            text.append("-;");
        } else {
            String value = part.toString();
            text.append(value.length()).append(':').append(value).append(';');
        }
    }
}
