package io.timetether.office365.graph;

import io.timetether.office365.entra.Directory.Grant;
import io.timetether.office365.mailbox.Mailbox;
import java.util.Map;
import java.util.Objects;

/**
 * A request whose caller, mailbox and route are known.
 *
 * @param arguments what the route's placeholders stand for, decoded
 * @param origin the origin under which the stand-in is known, for links
 */
record Call(
        GraphRequest request,
        Grant grant,
        Mailbox mailbox,
        Preferences prefer,
        Map<String, String> arguments,
        String origin) {

    String argument(String name) {
        return Objects.requireNonNull(arguments.get(name), name);
    }

    boolean has(String name) {
        return arguments.containsKey(name);
    }

    String context(String what) {
        return origin + "/v1.0/$metadata#users('" + mailbox.id() + "')/" + what;
    }
}
