package io.timetether.office365.entra;

import io.timetether.office365.fault.Fault;
import io.timetether.office365.fault.Faults;
import io.timetether.office365.fault.Trouble;
import io.timetether.office365.mailbox.Mailbox;
import io.timetether.office365.mailbox.Mailboxes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET|POST /{tenant}/oauth2/v2.0/authorize}: sign-in and consent, as plain HTML forms without a script.
 *
 * <p><b>Driving it with an HTTP client.</b> All parameters of the authorization request travel as hidden fields, so no cookie is
 * needed; every form is posted (urlencoded) to the same path. Post the request's own parameters plus:
 *
 * <ul>
 *   <li>{@code account}: the address of the person who signs in (the page offers one button per mailbox and a text field). If the
 *       person has consented to all scopes before, and {@code prompt} is not {@code consent}, the answer is the redirect;
 *       otherwise it is the consent page.
 *   <li>{@code decision}: {@code accept} or {@code cancel}, on the consent page. Sent together with {@code account} in the first
 *       post, it skips the page.
 * </ul>
 *
 * The answer is a 302 with {@code code} and {@code state} in the query or fragment, or, for {@code response_mode=form_post}, a page
 * whose form (hidden fields {@code code}, {@code state}; action = the redirect address) posts itself, or by its button.
 * A cookie {@code ESTSAUTH} remembers who signed in; only {@code prompt=none} reads it.
 */
final class AuthorizeEndpoint {

    /** What to answer: a page, or a redirect. */
    sealed interface Answer {
        record Page(int status, String html) implements Answer {}

        record Redirect(String location) implements Answer {}
    }

    /** An answer and, when somebody signed in, who. */
    record Outcome(Answer answer, @Nullable String signedIn) {}

    private final Directory directory;
    private final Mailboxes mailboxes;
    private final Application application;
    private final Faults faults;
    private final Clock clock;

    AuthorizeEndpoint(Directory directory, Mailboxes mailboxes, Application application, Faults faults, Clock clock) {
        this.directory = directory;
        this.mailboxes = mailboxes;
        this.application = application;
        this.faults = faults;
        this.clock = clock;
    }

    /** @param remembered who signed in before in this browser, for {@code prompt=none} */
    Outcome answer(String path, Map<String, String> request, @Nullable String remembered) {
        // Errors about these two are shown here: nobody may be redirected to an address that is not registered.
        requireApplication(request);
        String redirect = requireRedirect(request);
        try {
            return signIn(path, request, redirect, remembered);
        } catch (EntraError refusal) {
            return new Outcome(sendError(request, redirect, refusal.error, refusal.text()), null);
        }
    }

    private Outcome signIn(String path, Map<String, String> request, String redirect, @Nullable String remembered) {
        Set<String> scopes = requireValid(request);
        String prompt = request.getOrDefault("prompt", "");
        if (prompt.equals("none")) {
            return new Outcome(silently(request, redirect, scopes, remembered), null);
        }
        String account = request.getOrDefault("account", "").trim();
        if (request.getOrDefault("decision", "").equals("cancel")) {
            return new Outcome(
                    sendError(
                            request,
                            redirect,
                            "access_denied",
                            "AADSTS65004: User declined to consent to access the app."),
                    null);
        }
        Optional<Mailbox> person = account.isEmpty() ? Optional.empty() : mailboxes.find(account);
        if (person.isEmpty()) {
            String problem = account.isEmpty()
                    ? ""
                    : "AADSTS50034: The user account " + account + " does not exist in this directory.";
            return new Outcome(
                    new Answer.Page(200, SignInPages.pickAccount(path, hidden(request), offered(request), problem)),
                    null);
        }
        Mailbox who = person.get();
        Optional<Trouble> wall =
                faults.next(Trouble.Place.SIGN_IN, who.id(), "", "").map(Fault::trouble);
        if (wall.isPresent()) {
            // The real service shows a page first; its only way on for the person is this one.
            String text = "AADSTS" + wall.get().number() + ": " + wall.get().text();
            return new Outcome(sendError(request, redirect, wall.get().code(), text), who.id());
        }
        boolean asked = prompt.equals("consent") || !missing(who, scopes).isEmpty();
        if (asked && !request.getOrDefault("decision", "").equals("accept")) {
            return new Outcome(new Answer.Page(200, SignInPages.consent(path, hidden(request), who, scopes)), who.id());
        }
        directory.consent(who.id(), application.id(), scopes);
        return new Outcome(sendCode(request, redirect, scopes, who), who.id());
    }

    private Answer silently(
            Map<String, String> request, String redirect, Set<String> scopes, @Nullable String remembered) {
        Optional<Mailbox> person = remembered == null ? Optional.empty() : mailboxes.find(remembered);
        if (person.isEmpty()) {
            return sendError(
                    request,
                    redirect,
                    "login_required",
                    "AADSTS50058: A silent sign-in request was sent but no user is signed in.");
        }
        return missing(person.get(), scopes).isEmpty()
                ? sendCode(request, redirect, scopes, person.get())
                : sendError(
                        request,
                        redirect,
                        "consent_required",
                        "AADSTS65001: The user or administrator has not consented to use the application.");
    }

    private Set<String> missing(Mailbox person, Set<String> scopes) {
        Set<String> missing = new TreeSet<>(scopes);
        missing.removeAll(directory.consented(person.id(), application.id()));
        return missing;
    }

    private void requireApplication(Map<String, String> request) {
        requireApplication(application, request);
    }

    private String requireRedirect(Map<String, String> request) {
        return requireRedirect(application, request);
    }

    static void requireApplication(Application application, Map<String, String> request) {
        String id = request.getOrDefault("client_id", "");
        if (!id.equals(application.id())) {
            throw new EntraError(
                    400,
                    "unauthorized_client",
                    700016,
                    "Application with identifier '" + id + "' was not found in the directory.");
        }
    }

    static String requireRedirect(Application application, Map<String, String> request) {
        String redirect = request.getOrDefault("redirect_uri", "");
        if (!application.redirectUris().contains(redirect)) {
            throw EntraError.invalidRequest(
                    50011,
                    "The redirect URI '" + redirect + "' specified in the request does not match"
                            + " the redirect URIs configured for the application '" + application.id() + "'.");
        }
        return redirect;
    }

    private static Set<String> requireValid(Map<String, String> request) {
        if (!request.getOrDefault("response_type", "").equals("code")) {
            throw new EntraError(400, "unsupported_response_type", 700054, "response_type must be 'code'.");
        }
        String mode = request.getOrDefault("response_mode", "query");
        if (!List.of("query", "form_post", "fragment").contains(mode)) {
            throw EntraError.invalidRequest(70007, "'" + mode + "' is not a supported value of 'response_mode'.");
        }
        String prompt = request.getOrDefault("prompt", "");
        if (prompt.equals("select_account") && request.containsKey("login_hint")) {
            throw EntraError.invalidRequest(90023, "'select_account' can't be used together with 'login_hint'.");
        }
        String method = request.getOrDefault("code_challenge_method", "plain");
        if (request.containsKey("code_challenge") && !method.equals("S256") && !method.equals("plain")) {
            throw EntraError.invalidRequest(501491, "The code_challenge_method '" + method + "' is not supported.");
        }
        Set<String> scopes = Scopes.parseKnown(request.get("scope"));
        if (scopes.isEmpty()) {
            throw EntraError.invalidRequest(900144, "The request body must contain the following parameter: 'scope'.");
        }
        return scopes;
    }

    /** The accounts to offer: the hinted one alone, if there is one. */
    private List<Mailbox> offered(Map<String, String> request) {
        Optional<Mailbox> hinted =
                Optional.ofNullable(request.get("login_hint")).flatMap(mailboxes::find);
        return hinted.map(List::of).orElseGet(() -> List.copyOf(mailboxes.all()));
    }

    private Answer sendCode(Map<String, String> request, String redirect, Set<String> scopes, Mailbox person) {
        String code = directory.issueCode(new Directory.Code(
                person.id(),
                application.id(),
                redirect,
                scopes,
                request.getOrDefault("code_challenge", ""),
                request.getOrDefault("code_challenge_method", "plain"),
                request.getOrDefault("nonce", ""),
                clock.instant(),
                false));
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("code", code);
        if ("1".equals(request.get("client_info"))) {
            answer.put(
                    "client_info",
                    Directory.base64("{\"uid\":\"" + person.id() + "\",\"utid\":\"" + Directory.TENANT + "\"}"));
        }
        return send(request, redirect, answer);
    }

    private static Answer sendError(Map<String, String> request, String redirect, String error, String text) {
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("error", error);
        answer.put("error_description", text);
        return send(request, redirect, answer);
    }

    private static Answer send(Map<String, String> request, String redirect, Map<String, String> answer) {
        if (request.containsKey("state")) {
            answer.put("state", request.get("state"));
        }
        String mode = request.getOrDefault("response_mode", "query");
        if (mode.equals("form_post")) {
            return new Answer.Page(200, SignInPages.postBack(redirect, answer));
        }
        String separator = mode.equals("fragment") ? "#" : redirect.contains("?") ? "&" : "?";
        StringBuilder location = new StringBuilder(redirect).append(separator);
        answer.forEach((name, value) -> location.append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                .append('&'));
        return new Answer.Redirect(location.substring(0, location.length() - 1));
    }

    private static Map<String, String> hidden(Map<String, String> request) {
        Map<String, String> fields = new TreeMap<>(request);
        fields.remove("account");
        fields.remove("decision");
        return fields;
    }
}
