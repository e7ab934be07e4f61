package io.timetether.office365.entra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.timetether.office365.fault.Faults;
import io.timetether.office365.mailbox.Mailboxes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where Microsoft Entra ID answers: authorize, token, keys and discovery documents. */
public final class EntraRoutes {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Set<String> TENANTS =
            Set.of("common", "organizations", "consumers", Directory.TENANT, "simulator.example");
    private static final String REMEMBERED = "ESTSAUTH";

    private final AuthorizeEndpoint authorize;
    private final TokenEndpoint tokens;
    private final AdminConsentEndpoint adminConsent;
    private final Directory directory;
    private final Clock clock;
    private final String origin;

    public EntraRoutes(
            Directory directory,
            Mailboxes mailboxes,
            Application application,
            Faults faults,
            Clock clock,
            Duration lifetime,
            String origin) {
        this.directory = directory;
        this.clock = clock;
        this.origin = origin;
        authorize = new AuthorizeEndpoint(directory, mailboxes, application, faults, clock);
        adminConsent = new AdminConsentEndpoint(directory, mailboxes, application, faults);
        tokens = new TokenEndpoint(directory, mailboxes, application, faults, clock, lifetime, issuer());
    }

    public void register(RoutesConfig routes) {
        routes.addHttpHandler(HandlerType.GET, "/{tenant}/oauth2/v2.0/authorize", this::authorize);
        routes.addHttpHandler(HandlerType.POST, "/{tenant}/oauth2/v2.0/authorize", this::authorize);
        routes.addHttpHandler(HandlerType.POST, "/{tenant}/oauth2/v2.0/token", this::token);
        for (HandlerType method : List.of(HandlerType.GET, HandlerType.POST)) {
            routes.addHttpHandler(method, "/{tenant}/adminconsent", this::adminConsent);
            routes.addHttpHandler(method, "/{tenant}/v2.0/adminconsent", this::adminConsent);
        }
        routes.addHttpHandler(HandlerType.GET, "/{tenant}/oauth2/v2.0/logout", this::logout);
        routes.addHttpHandler(HandlerType.GET, "/{tenant}/v2.0/.well-known/openid-configuration", this::configuration);
        routes.addHttpHandler(
                HandlerType.GET,
                "/{tenant}/discovery/v2.0/keys",
                context -> answer(context, 200, Map.of("keys", directory.publicKeys())));
        routes.addHttpHandler(HandlerType.GET, "/{tenant}/discovery/instance", this::instance);
    }

    private void authorize(Context context) {
        try {
            requireTenant(context);
            AuthorizeEndpoint.Outcome outcome =
                    authorize.answer(context.path(), parameters(context), context.cookie(REMEMBERED));
            if (outcome.signedIn() != null) {
                context.cookie(new io.javalin.http.Cookie(
                        REMEMBERED, outcome.signedIn(), "/", -1, false, true, null, io.javalin.http.SameSite.LAX));
            }
            show(context, outcome.answer());
        } catch (EntraError refusal) {
            html(context, refusal.status, SignInPages.problem(refusal.text()));
        }
    }

    private void adminConsent(Context context) {
        try {
            requireTenant(context);
            show(context, adminConsent.answer(context.path(), parameters(context)));
        } catch (EntraError refusal) {
            html(context, refusal.status, SignInPages.problem(refusal.text()));
        }
    }

    private static void show(Context context, AuthorizeEndpoint.Answer answer) {
        switch (answer) {
            case AuthorizeEndpoint.Answer.Page page -> html(context, page.status(), page.html());
            case AuthorizeEndpoint.Answer.Redirect redirect -> context.redirect(redirect.location(), HttpStatus.FOUND);
        }
    }

    private void token(Context context) {
        try {
            requireTenant(context);
            context.header("Cache-Control", "no-store, no-cache");
            answer(context, 200, tokens.answer(parameters(context), basic(context)));
        } catch (EntraError refusal) {
            if (refusal.error.isEmpty()) {
                html(context, refusal.status, SignInPages.problem("Service Unavailable"));
                return;
            }
            answer(context, refusal.status, body(refusal));
        }
    }

    private Map<String, Object> body(EntraError refusal) {
        String trace = UUID.randomUUID().toString();
        String correlation = UUID.randomUUID().toString();
        String now = STAMP.format(clock.instant());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", refusal.error);
        body.put(
                "error_description",
                refusal.text() + " Trace ID: " + trace + " Correlation ID: " + correlation + " Timestamp: " + now);
        body.put("error_codes", List.of(refusal.number));
        body.put("timestamp", now);
        body.put("trace_id", trace);
        body.put("correlation_id", correlation);
        body.put("error_uri", origin + "/error?code=" + refusal.number);
        if (!refusal.suberror.isEmpty()) {
            body.put("suberror", refusal.suberror);
        }
        if (refusal.asksForClaims()) {
            body.put("claims", "{\"access_token\":{\"polids\":{\"essential\":true,\"values\":[\"simulated\"]}}}");
        }
        return body;
    }

    private void logout(Context context) {
        context.removeCookie(REMEMBERED);
        html(context, 200, SignInPages.problem("You are signed out."));
    }

    private void configuration(Context context) {
        String tenant = context.pathParam("tenant");
        String base = origin + "/" + tenant;
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", tenant.equals(Directory.TENANT) ? issuer() : origin + "/{tenantid}/v2.0");
        document.put("authorization_endpoint", base + "/oauth2/v2.0/authorize");
        document.put("token_endpoint", base + "/oauth2/v2.0/token");
        document.put("end_session_endpoint", base + "/oauth2/v2.0/logout");
        document.put("jwks_uri", base + "/discovery/v2.0/keys");
        document.put("userinfo_endpoint", origin + "/oidc/userinfo");
        document.put("token_endpoint_auth_methods_supported", List.of("client_secret_post", "client_secret_basic"));
        document.put("response_modes_supported", List.of("query", "fragment", "form_post"));
        document.put("response_types_supported", List.of("code"));
        document.put("subject_types_supported", List.of("pairwise"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256"));
        document.put("scopes_supported", List.of("openid", "profile", "email", "offline_access"));
        document.put("code_challenge_methods_supported", List.of("S256", "plain"));
        document.put(
                "claims_supported",
                List.of(
                        "sub",
                        "iss",
                        "aud",
                        "exp",
                        "iat",
                        "nonce",
                        "preferred_username",
                        "name",
                        "tid",
                        "oid",
                        "ver",
                        "email"));
        document.put("tenant_region_scope", null);
        answer(context, 200, document);
    }

    private void instance(Context context) {
        String asked = context.queryParam("authorization_endpoint");
        String host = asked == null ? "" : String.valueOf(URI.create(asked).getHost());
        boolean known = host.endsWith("login.microsoftonline.com")
                || host.equals(URI.create(origin).getHost());
        if (!known) {
            answer(context, 400, body(new EntraError(400, "invalid_instance", 50049, "Unknown or invalid instance.")));
            return;
        }
        answer(
                context,
                200,
                Map.of(
                        "tenant_discovery_endpoint",
                        origin + "/common/v2.0/.well-known/openid-configuration",
                        "api-version",
                        "1.1",
                        "metadata",
                        List.of(Map.of(
                                "preferred_network", "login.microsoftonline.com",
                                "preferred_cache", "login.windows.net",
                                "aliases",
                                        List.of(
                                                "login.microsoftonline.com",
                                                "login.windows.net",
                                                "login.microsoft.com",
                                                "sts.windows.net")))));
    }

    private String issuer() {
        return origin + "/" + Directory.TENANT + "/v2.0";
    }

    private static void requireTenant(Context context) {
        String tenant = context.pathParam("tenant").toLowerCase(Locale.ROOT);
        if (!TENANTS.contains(tenant)) {
            throw EntraError.invalidRequest(90002, "Tenant '" + tenant + "' not found.");
        }
    }

    private static Map<String, String> parameters(Context context) {
        Map<String, String> parameters = new LinkedHashMap<>();
        context.queryParamMap().forEach((name, values) -> parameters.put(name, values.getFirst()));
        context.formParamMap().forEach((name, values) -> parameters.put(name, values.getFirst()));
        return parameters;
    }

    private static @Nullable String basic(Context context) {
        String header = context.header("Authorization");
        if (header == null || !header.startsWith("Basic ")) {
            return null;
        }
        try {
            return new String(Base64.getDecoder().decode(header.substring(6).trim()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw new EntraError(401, "invalid_client", 7000215, "Invalid client secret provided.");
        }
    }

    private static void html(Context context, int status, String html) {
        context.status(status).header("Cache-Control", "no-store").html(html);
    }

    private static void answer(Context context, int status, Map<String, ?> body) {
        try {
            context.status(status)
                    .contentType("application/json; charset=utf-8")
                    .result(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException cause) {
            throw new IllegalStateException(cause);
        }
    }
}
