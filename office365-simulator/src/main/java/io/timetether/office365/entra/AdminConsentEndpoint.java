package io.timetether.office365.entra;

import io.timetether.office365.entra.AuthorizeEndpoint.Answer;
import io.timetether.office365.fault.Faults;
import io.timetether.office365.fault.Trouble;
import io.timetether.office365.mailbox.Mailboxes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code GET|POST /{tenant}/v2.0/adminconsent} (and the older path without a version): an administrator consents for everybody. The
 * page posts {@code decision}: {@code accept} or {@code cancel}; acceptance also takes down the wall before people's own consent.
 */
final class AdminConsentEndpoint {

    private final Directory directory;
    private final Mailboxes mailboxes;
    private final Application application;
    private final Faults faults;

    AdminConsentEndpoint(Directory directory, Mailboxes mailboxes, Application application, Faults faults) {
        this.directory = directory;
        this.mailboxes = mailboxes;
        this.application = application;
        this.faults = faults;
    }

    Answer answer(String path, Map<String, String> request) {
        AuthorizeEndpoint.requireApplication(application, request);
        String redirect = AuthorizeEndpoint.requireRedirect(application, request);
        Set<String> named = Scopes.parse(request.get("scope"));
        // All that are registered, where none or the default is named.
        Set<String> scopes = named.isEmpty() || named.contains(".default") ? Scopes.SENTENCES.keySet() : named;
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("admin_consent", "True");
        answer.put("tenant", Directory.TENANT);
        if (request.containsKey("state")) {
            answer.put("state", request.getOrDefault("state", ""));
        }
        return switch (request.getOrDefault("decision", "")) {
            case "accept" -> {
                mailboxes.all().forEach(person -> directory.consent(person.id(), application.id(), scopes));
                faults.lift(Trouble.ADMIN_APPROVAL);
                answer.put("scope", String.join(" ", scopes));
                yield to(redirect, answer);
            }
            case "cancel" -> {
                answer.put("error", "access_denied");
                answer.put("error_description", "AADSTS65004: User declined to consent to access the app.");
                yield to(redirect, answer);
            }
            default -> {
                Map<String, String> hidden = new TreeMap<>(request);
                hidden.remove("decision");
                yield new Answer.Page(200, SignInPages.adminConsent(path, hidden, scopes));
            }
        };
    }

    private static Answer to(String redirect, Map<String, String> answer) {
        return new Answer.Redirect(redirect
                + (redirect.contains("?") ? "&" : "?")
                + answer.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }
}
