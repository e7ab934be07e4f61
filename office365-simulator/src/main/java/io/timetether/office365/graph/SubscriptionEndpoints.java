package io.timetether.office365.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.office365.entra.Directory.Grant;
import io.timetether.office365.mailbox.CalendarFolder;
import io.timetether.office365.mailbox.EventQueries;
import io.timetether.office365.mailbox.Mailbox;
import io.timetether.office365.mailbox.Mailboxes;
import io.timetether.office365.mailbox.Refusal;
import io.timetether.office365.notification.Subscription;
import io.timetether.office365.notification.Subscriptions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /subscriptions}. It takes no place in the mailbox's limit: notifications are another service at Microsoft. */
final class SubscriptionEndpoints {

    private static final Set<String> CHANGES = Set.of("created", "updated", "deleted");

    private final Subscriptions subscriptions;
    private final Mailboxes mailboxes;
    private final String origin;

    SubscriptionEndpoints(Subscriptions subscriptions, Mailboxes mailboxes, String origin) {
        this.subscriptions = subscriptions;
        this.mailboxes = mailboxes;
        this.origin = origin;
    }

    /** @param below the path's segments after {@code subscriptions} */
    GraphReply answer(GraphRequest request, Grant grant, Mailbox mailbox, List<String> below) {
        if (Scope.READ.stream().noneMatch(grant.scopes()::contains)) {
            throw Refusal.accessDenied();
        }
        String route = request.method() + " " + below.size();
        return switch (route) {
            case "POST 0" -> GraphReply.created(json(subscriptions.create(wish(request, grant, mailbox)), true));
            case "GET 0" -> list(grant, mailbox);
            case "GET 1" -> GraphReply.ok(json(get(grant, mailbox, below), true));
            case "PATCH 1" -> patch(request, get(grant, mailbox, below));
            case "DELETE 1" -> {
                subscriptions.delete(get(grant, mailbox, below));
                yield GraphReply.empty(204);
            }
            case "POST 2" -> {
                get(grant, mailbox, below);
                if (!below.get(1).equalsIgnoreCase("reauthorize")) {
                    throw new Refusal(400, "BadRequest", "Resource not found for the segment '" + below.get(1) + "'.");
                }
                yield GraphReply.empty(204);
            }
            default ->
                throw new Refusal(405, "MethodNotAllowed", "The request's method is not allowed for this resource.");
        };
    }

    private Subscription wish(GraphRequest request, Grant grant, Mailbox mailbox) {
        JsonNode json = request.json();
        Set<String> changes = new TreeSet<>();
        for (String change : required(json, "changeType").split(",")) {
            if (!CHANGES.contains(change.trim().toLowerCase(java.util.Locale.ROOT))) {
                throw new Refusal(400, "InvalidRequest", "Invalid value '" + change.trim() + "' for changeType.");
            }
            changes.add(change.trim().toLowerCase(java.util.Locale.ROOT));
        }
        String clientState = text(json, "clientState");
        if (clientState != null && clientState.length() > 128) {
            throw new Refusal(400, "InvalidRequest", "clientState exceeds its maximum length of 128.");
        }
        String resource = required(json, "resource");
        return new Subscription(
                UUID.randomUUID().toString(),
                mailbox.id(),
                grant.clientId(),
                resource,
                calendar(resource, mailbox),
                changes,
                required(json, "notificationUrl"),
                text(json, "lifecycleNotificationUrl"),
                clientState,
                EventQueries.instant(required(json, "expirationDateTime")),
                Preferences.of(request.header("Prefer")).immutableIds());
    }

    /** Which calendar a resource path means; null for all events of the mailbox. */
    private @Nullable String calendar(String resource, Mailbox mailbox) {
        List<String> path = GraphRequest.of("GET", resource, java.util.Map.of(), new byte[0])
                .segments();
        int person = !path.isEmpty() && path.getFirst().equalsIgnoreCase("me") ? 1 : 2;
        if (path.size() <= person || (person == 2 && !path.getFirst().equalsIgnoreCase("users"))) {
            throw unsupported(resource);
        }
        if (person == 2 && mailboxes.find(path.get(1)).filter(mailbox::equals).isEmpty()) {
            throw Refusal.accessDenied();
        }
        List<String> below = path.subList(person, path.size()).stream().toList();
        if (below.size() == 1 && below.getFirst().equalsIgnoreCase("events")) {
            return null;
        }
        if (below.size() == 2
                && below.get(0).equalsIgnoreCase("calendar")
                && below.get(1).equalsIgnoreCase("events")) {
            return mailboxes.defaultCalendar(mailbox).id();
        }
        if (below.size() == 3
                && below.get(0).equalsIgnoreCase("calendars")
                && below.get(2).equalsIgnoreCase("events")) {
            CalendarFolder folder =
                    mailboxes.findCalendar(mailbox, below.get(1)).orElseThrow(Refusal::itemNotFound);
            if (folder.isShared()) {
                // The sharing scopes do not allow it.
                throw Refusal.accessDenied();
            }
            return folder.id();
        }
        throw unsupported(resource);
    }

    private GraphReply list(Grant grant, Mailbox mailbox) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("@odata.context", origin + "/v1.0/$metadata#subscriptions");
        ArrayNode value = json.putArray("value");
        subscriptions.of(mailbox.id()).stream()
                .filter(one -> one.clientId().equals(grant.clientId()))
                .forEach(one -> value.add(json(one, false)));
        return GraphReply.ok(json);
    }

    private GraphReply patch(GraphRequest request, Subscription subscription) {
        JsonNode json = request.json();
        String expires = text(json, "expirationDateTime");
        Instant expiresAt = expires == null ? null : EventQueries.instant(expires);
        return GraphReply.ok(json(subscriptions.change(subscription, expiresAt, text(json, "notificationUrl")), true));
    }

    private Subscription get(Grant grant, Mailbox mailbox, List<String> below) {
        return subscriptions
                .find(mailbox.id(), grant.clientId(), below.getFirst())
                .orElseThrow(() -> new Refusal(404, "ResourceNotFound", "The object was not found."));
    }

    private ObjectNode json(Subscription subscription, boolean alone) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (alone) {
            json.put("@odata.context", origin + "/v1.0/$metadata#subscriptions/$entity");
        }
        return json.put("id", subscription.id())
                .put("resource", subscription.resource())
                .put("applicationId", subscription.clientId())
                .put("changeType", String.join(",", subscription.changes()))
                .put("clientState", subscription.clientState())
                .put("notificationUrl", subscription.notificationUrl())
                .putNull("notificationQueryOptions")
                .put("lifecycleNotificationUrl", subscription.lifecycleUrl())
                .put("expirationDateTime", EventJson.stamp(subscription.expiresAt()))
                .put("creatorId", subscription.mailboxId())
                .putNull("includeResourceData")
                .put("latestSupportedTlsVersion", "v1_2")
                .putNull("encryptionCertificate")
                .putNull("encryptionCertificateId");
    }

    private static String required(JsonNode json, String name) {
        String value = text(json, name);
        if (value == null || value.isBlank()) {
            throw new Refusal(400, "InvalidRequest", "Property '" + name + "' is required.");
        }
        return value;
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.get(name);
        return value == null || value.isNull() ? null : value.asText();
    }

    private static Refusal unsupported(String resource) {
        return new Refusal(400, "InvalidRequest", "Resource '" + resource + "' is not supported for subscriptions.");
    }
}
