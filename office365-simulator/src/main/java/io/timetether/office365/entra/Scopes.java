package io.timetether.office365.entra;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Scope texts. Graph's permissions are answered without the resource in front, in the order in which they were asked for. */
final class Scopes {

    static final Set<String> PROTOCOL = Set.of("openid", "profile", "email", "offline_access");

    /** What the consent page says about each permission that the stand-in knows. */
    static final Map<String, String> SENTENCES = Map.of(
            "Calendars.Read", "Read your calendars",
            "Calendars.ReadWrite", "Have full access to your calendars",
            "Calendars.Read.Shared", "Read your and shared calendars",
            "Calendars.ReadWrite.Shared", "Read and write to your and shared calendars",
            "MailboxSettings.Read", "Read your mailbox settings",
            "User.Read", "Sign you in and read your profile",
            "offline_access", "Maintain access to data you have given it access to",
            "openid", "Sign you in",
            "profile", "View your basic profile",
            "email", "View your email address");

    private static final String GRAPH = "https://graph.microsoft.com/";

    private Scopes() {}

    static Set<String> parse(@Nullable String text) {
        Set<String> scopes = new LinkedHashSet<>();
        Arrays.stream((text == null ? "" : text).trim().split("\\s+"))
                .filter(scope -> !scope.isEmpty())
                .map(scope -> scope.startsWith(GRAPH) ? scope.substring(GRAPH.length()) : scope)
                .forEach(scopes::add);
        return scopes;
    }

    static Set<String> parseKnown(@Nullable String text) {
        Set<String> scopes = parse(text);
        for (String scope : scopes) {
            if (!SENTENCES.containsKey(scope) && !scope.equals(".default")) {
                throw EntraError.invalidRequest(
                        70011,
                        "The provided request must include a 'scope' input parameter. The"
                                + " provided value for the input parameter 'scope' is not valid. The scope '" + scope
                                + "' does not exist.");
            }
        }
        return scopes;
    }
}
