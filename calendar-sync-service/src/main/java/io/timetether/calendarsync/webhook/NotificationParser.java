package io.timetether.calendarsync.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.timetether.calendarsync.webhook.Notification.Changed;
import io.timetether.calendarsync.webhook.Notification.Lifecycle;
import io.timetether.calendarsync.webhook.Notification.LifecycleEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what was posted to the webhook, from anybody: bounded, and tolerant of what it does not know. */
public final class NotificationParser {

    /** More than Microsoft sends in one request. */
    static final int MAX_BYTES = 1 << 20;

    static final int MAX_ITEMS = 1_000;

    private static final int LONGEST_TEXT = 1_024;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(20).build())
            .build());

    private NotificationParser() {}

    /** What the body says; change notifications and lifecycle notifications alike. */
    public static Parsed parse(byte[] body) {
        if (body.length > MAX_BYTES) {
            return new Parsed.Malformed("The body is larger than " + MAX_BYTES + " bytes.");
        }
        JsonNode value;
        try {
            JsonNode root = JSON.readTree(body);
            value = root == null ? null : root.get("value");
        } catch (IOException notJson) {
            return new Parsed.Malformed("The body is not JSON.");
        }
        if (value == null || !value.isArray()) {
            return new Parsed.Malformed("The body has no list \"value\".");
        }
        List<Notification> items = new ArrayList<>();
        int dropped = 0;
        for (JsonNode item : value) {
            Optional<Notification> read = items.size() < MAX_ITEMS ? read(item) : Optional.empty();
            if (read.isPresent()) {
                items.add(read.get());
            } else {
                dropped++;
            }
        }
        return new Parsed.Notifications(items, dropped);
    }

    private static Optional<Notification> read(JsonNode item) {
        String subscriptionId = text(item, "subscriptionId");
        String clientState = text(item, "clientState");
        if (subscriptionId == null || clientState == null) {
            return Optional.empty();
        }
        String lifecycle = text(item, "lifecycleEvent");
        if (lifecycle != null) {
            return Optional.of(new Lifecycle(subscriptionId, clientState, lifecycle(lifecycle)));
        }
        String changeType = text(item, "changeType");
        JsonNode data = item.get("resourceData");
        return Optional.of(new Changed(
                subscriptionId,
                clientState,
                changeType == null ? "unknown" : changeType,
                data == null ? null : text(data, "id")));
    }

    private static LifecycleEvent lifecycle(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "reauthorizationrequired" -> LifecycleEvent.REAUTHORIZATION_REQUIRED;
            case "subscriptionremoved" -> LifecycleEvent.SUBSCRIPTION_REMOVED;
            case "missed" -> LifecycleEvent.MISSED;
            default -> LifecycleEvent.UNKNOWN;
        };
    }

    private static @Nullable String text(JsonNode item, String name) {
        JsonNode value = item.get(name);
        if (value == null || !value.isTextual()) {
            return null;
        }
        String text = value.asText();
        return text.isEmpty() || text.length() > LONGEST_TEXT ? null : text;
    }

    /** What a body came to. */
    public sealed interface Parsed {

        /** Items that could be read; {@code dropped} counts those that could not. */
        record Notifications(List<Notification> items, int dropped) implements Parsed {
            public Notifications {
                items = List.copyOf(items);
            }
        }

        /** Not a body of Microsoft's at all: answer 400. */
        record Malformed(String reason) implements Parsed {}
    }
}
