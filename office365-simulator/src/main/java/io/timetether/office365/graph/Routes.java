package io.timetether.office365.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Graph's paths below a person ({@code /me} or {@code /users/{id}}), and who answers them. */
final class Routes {

    /** Answers a call, or throws a Refusal. */
    interface Answer {
        GraphReply to(Call call);
    }

    record Route(String method, List<String> pattern, Set<String> scopes, Answer answer) {}

    record Match(Route route, Map<String, String> arguments) {}

    private final List<Route> all = new ArrayList<>();

    /** @param scopes permissions of which any one is enough; none means that a valid token is enough */
    void add(String method, String pattern, Set<String> scopes, Answer answer) {
        all.add(new Route(method, pattern.isEmpty() ? List.of() : List.of(pattern.split("/")), scopes, answer));
    }

    /** The route for a method and path, or null. Literals match in any case, and win over placeholders by order. */
    @Nullable
    Match find(String method, List<String> segments) {
        for (Route route : all) {
            Map<String, String> arguments = route.method.equals(method) ? arguments(route.pattern, segments) : null;
            if (arguments != null) {
                return new Match(route, arguments);
            }
        }
        return null;
    }

    boolean knowsPath(List<String> segments) {
        return all.stream().anyMatch(route -> arguments(route.pattern, segments) != null);
    }

    private static @Nullable Map<String, String> arguments(List<String> pattern, List<String> segments) {
        if (pattern.size() != segments.size()) {
            return null;
        }
        Map<String, String> arguments = new HashMap<>();
        for (int i = 0; i < pattern.size(); i++) {
            String expected = pattern.get(i);
            if (expected.startsWith("{")) {
                arguments.put(expected.substring(1, expected.length() - 1), segments.get(i));
            } else if (!expected.equalsIgnoreCase(segments.get(i))) {
                return null;
            }
        }
        return arguments;
    }
}
