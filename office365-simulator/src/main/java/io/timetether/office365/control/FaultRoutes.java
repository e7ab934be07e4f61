package io.timetether.office365.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HandlerType;
import io.timetether.office365.fault.Fault;
import io.timetether.office365.fault.Faults;
import io.timetether.office365.fault.Trouble;
import io.timetether.office365.mailbox.Mailbox;
import io.timetether.office365.mailbox.Mailboxes;
import io.timetether.office365.mailbox.Refusal;
import io.timetether.office365.notification.Announcer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * {@code /simulator/faults}: troubles on demand. {@code POST} {@code {trouble, mailbox?, method?, path?, times?, millis?,
 * retryAfter?}} answers the order with its id, {@code GET} lists those that stand, {@code DELETE …/{id}} withdraws one and {@code
 * DELETE} all.
 */
public final class FaultRoutes {

    private static final List<String> LIFECYCLE = List.of("reauthorizationRequired", "subscriptionRemoved", "missed");

    private final Mailboxes mailboxes;
    private final Announcer announcer;
    private final Faults faults;
    private final ControlAnswers answers;

    public FaultRoutes(Mailboxes mailboxes, Announcer announcer, Faults faults, String origin) {
        this.mailboxes = mailboxes;
        this.announcer = announcer;
        this.faults = faults;
        answers = new ControlAnswers(origin);
    }

    public void register(RoutesConfig routes) {
        answers.add(routes, HandlerType.GET, "/simulator/faults", 200, context -> {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            ArrayNode items = json.putArray("items");
            faults.standing().forEach(fault -> items.add(json(fault)));
            return json;
        });
        answers.add(
                routes,
                HandlerType.POST,
                "/simulator/faults",
                201,
                context -> json(faults.order(wish(ControlAnswers.body(context)))));
        answers.add(routes, HandlerType.DELETE, "/simulator/faults", 204, context -> {
            faults.withdrawAll();
            return null;
        });
        answers.add(routes, HandlerType.DELETE, "/simulator/faults/{fault}", 204, context -> {
            if (!faults.withdraw(context.pathParam("fault"))) {
                throw new Refusal(404, "FaultNotFound", "No such order stands; it may have been used up.");
            }
            return null;
        });
        answers.add(routes, HandlerType.POST, ControlRoutes.BOX + "/lifecycle", 204, context -> {
            String event = ControlAnswers.required(ControlAnswers.body(context), "event");
            if (!LIFECYCLE.contains(event)) {
                throw Refusal.invalidRequest("event: must be one of " + LIFECYCLE + ".");
            }
            announcer.announceLifecycle(mailbox(context.pathParam("address")).id(), event);
            return null;
        });
    }

    private Fault wish(JsonNode json) {
        String name = ControlAnswers.required(json, "trouble");
        Trouble trouble = Arrays.stream(Trouble.values())
                .filter(one -> one.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        Refusal.invalidRequest("trouble: must be one of " + Arrays.toString(Trouble.values()) + "."));
        String address = json.path("mailbox").asText("");
        String path = json.path("path").asText("");
        try {
            Pattern.compile(path);
        } catch (PatternSyntaxException e) {
            throw Refusal.invalidRequest("path: is no regular expression: " + e.getDescription() + ".");
        }
        return Fault.of(trouble)
                .forMailbox(address.isEmpty() ? "" : mailbox(address).id())
                .on(json.path("method").asText(""), path)
                .times(json.path("times").asInt(1))
                .lasting(json.path("millis").asLong(0))
                .retryAfter(json.path("retryAfter").asText(""));
    }

    private ObjectNode json(Fault fault) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", fault.id())
                .put("trouble", fault.trouble().name())
                .put(
                        "mailbox",
                        mailboxes.find(fault.mailbox()).map(Mailbox::address).orElse(""))
                .put("method", fault.method())
                .put("path", fault.path())
                .put("times", fault.times())
                .put("millis", fault.millis())
                .put("retryAfter", fault.retryAfter());
    }

    private Mailbox mailbox(String address) {
        return mailboxes
                .find(address)
                .orElseThrow(() -> new Refusal(404, "MailboxNotFound", "There is no mailbox " + address + "."));
    }
}
