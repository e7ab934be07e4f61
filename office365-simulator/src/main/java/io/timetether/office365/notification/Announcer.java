package io.timetether.office365.notification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.office365.fault.Fault;
import io.timetether.office365.fault.Faults;
import io.timetether.office365.fault.Trouble;
import io.timetether.office365.mailbox.ItemIds;
import io.timetether.office365.mailbox.Mailboxes;
import io.timetether.office365.mailbox.Mailboxes.Notice;
import java.util.Optional;
import java.util.UUID;

/** Turns committed changes into notifications for those who subscribed to them. */
public final class Announcer implements Mailboxes.Listener {

    private final Subscriptions subscriptions;
    private final Delivery delivery;
    private final Faults faults;
    private final String tenant;

    public Announcer(Subscriptions subscriptions, Delivery delivery, Faults faults, String tenant) {
        this.subscriptions = subscriptions;
        this.delivery = delivery;
        this.faults = faults;
        this.tenant = tenant;
    }

    @Override
    public void changed(Notice notice) {
        for (Subscription subscription : subscriptions.of(notice.mailbox().id())) {
            boolean wanted = subscription.changes().contains(notice.change())
                    && (subscription.calendarId() == null
                            || subscription
                                    .calendarId()
                                    .equals(notice.calendar().id()));
            if (wanted) {
                send(subscription, notification(subscription, notice), notice);
            }
        }
    }

    /** Sends it, unless a trouble was ordered for it. */
    private void send(Subscription subscription, ObjectNode json, Notice notice) {
        String url = subscription.notificationUrl();
        String where = (notice.calendar().isDefault() ? "default " : "other ") + subscription.resource();
        Optional<Fault> met =
                faults.next(Trouble.Place.NOTIFICATION, notice.mailbox().id(), notice.change(), where);
        switch (met.map(Fault::trouble).orElse(null)) {
            case LOST -> {}
            case DELAYED -> delivery.sendLater(url, json, met.get().millis());
            case DOUBLED -> {
                delivery.send(url, json);
                delivery.send(url, json);
            }
            case FORGED -> {
                delivery.send(url, json.deepCopy().put("clientState", "guessed"));
                delivery.send(url, json);
            }
            case null, default -> delivery.send(url, json);
        }
    }

    /**
     * Tells a mailbox's subscribers about their subscriptions.
     *
     * @param event reauthorizationRequired, subscriptionRemoved (which also ends them) or missed
     */
    public void announceLifecycle(String mailboxId, String event) {
        for (Subscription subscription : subscriptions.of(mailboxId)) {
            String url = subscription.lifecycleUrl();
            if (url != null) {
                ObjectNode json = head(subscription).put("lifecycleEvent", event);
                delivery.send(url, json);
            }
            if (event.equals("subscriptionRemoved")) {
                subscriptions.delete(subscription);
            }
        }
    }

    private ObjectNode notification(Subscription subscription, Notice notice) {
        String id = ItemIds.of(notice.event(), null, subscription.immutableIds());
        String resource = "Users/" + notice.mailbox().id() + "/Events/" + id;
        ObjectNode json = head(subscription).put("changeType", notice.change()).put("resource", resource);
        json.putObject("resourceData")
                .put("@odata.type", "#Microsoft.Graph.Event")
                .put("@odata.id", resource)
                .put("@odata.etag", "W/\"" + notice.event().asRow().changeKey() + "\"")
                .put("id", id);
        return json;
    }

    private ObjectNode head(Subscription subscription) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", UUID.randomUUID().toString())
                .put("subscriptionId", subscription.id())
                .put("subscriptionExpirationDateTime", subscription.expiresAt().toString())
                .put("tenantId", tenant)
                .put("clientState", subscription.clientState());
    }
}
