package io.timetether.localrun.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kotlin.jvm.functions.Function1;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/** Stands before the library: our sign-in page, our checks, and one issuer whatever Host header a caller sends. */
final class Front implements Function1<OAuth2HttpRequest, OAuth2HttpResponse> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Person> people;
    private final Clients clients;
    private final Function1<OAuth2HttpRequest, OAuth2HttpResponse> library;
    private final SmallServer server;

    Front(
            List<Person> people,
            Clients clients,
            Function1<OAuth2HttpRequest, OAuth2HttpResponse> library,
            SmallServer server) {
        this.people = List.copyOf(people);
        this.clients = clients;
        this.library = library;
        this.server = server;
    }

    @Override
    public OAuth2HttpResponse invoke(OAuth2HttpRequest raw) {
        OAuth2HttpRequest request = underOneIssuer(raw);
        String path = String.join("/", request.getOriginalUrl().pathSegments());
        return switch (path) {
            case LocalIdentity.ISSUER_PATH + "/authorize" -> authorize(request);
            case LocalIdentity.ISSUER_PATH + "/token" -> token(request);
            case LocalIdentity.ISSUER_PATH + "/endsession" -> endSession(request);
            case LocalIdentity.ISSUER_PATH + "/.well-known/openid-configuration",
                    LocalIdentity.ISSUER_PATH + "/.well-known/oauth-authorization-server",
                    LocalIdentity.ISSUER_PATH + "/jwks",
                    LocalIdentity.ISSUER_PATH + "/userinfo",
                    LocalIdentity.ISSUER_PATH + "/revoke" -> library.invoke(request);
            default ->
                html(404, SignInPage.message("Nothing here", "This is Timetether's identity provider for local use."));
        };
    }

    private OAuth2HttpResponse authorize(OAuth2HttpRequest request) {
        AuthenticationRequest asked;
        try {
            asked = AuthenticationRequest.parse(request.getOriginalUrl().uri());
        } catch (ParseException e) {
            return html(400, SignInPage.message("This sign-in cannot go on", String.valueOf(e.getMessage())));
        }
        if (!LocalIdentity.GATEWAY.equals(asked.getClientID().getValue())
                || asked.getRedirectionURI() == null
                || !clients.mayReturnTo(asked.getRedirectionURI())) {
            return html(
                    400,
                    SignInPage.message(
                            "This sign-in cannot go on",
                            "The client, or the address to return to, is not known here."));
        }
        if (request.getMethod().equals("GET")) {
            return html(200, SignInPage.pickAName(people));
        }
        String name = request.getFormParameters().get("username");
        Person person = name == null ? Person.named("") : TokenContents.find(people, name);
        if (person.subject().isEmpty() || person.name().length() > 100) {
            return html(400, SignInPage.pickAName(people));
        }
        return library.invoke(withBody(
                request, "username=" + encode(person.subject()) + "&claims=" + encode(json(TokenContents.of(person)))));
    }

    private OAuth2HttpResponse token(OAuth2HttpRequest request) {
        if (!request.getMethod().equals("POST")) {
            return error(405, "invalid_request");
        }
        try {
            Optional<String> refusal = clients.refusal(TokenRequest.parse(request.asNimbusHTTPRequest()));
            return refusal.map(code -> error(code.equals("invalid_client") ? 401 : 400, code))
                    .orElseGet(() -> library.invoke(request));
        } catch (ParseException e) {
            return error(
                    e.getErrorObject() != null && e.getErrorObject().getHTTPStatusCode() == 401 ? 401 : 400,
                    e.getErrorObject() != null ? e.getErrorObject().getCode() : "invalid_request");
        }
    }

    private OAuth2HttpResponse endSession(OAuth2HttpRequest request) {
        String back = request.getOriginalUrl().queryParameter("post_logout_redirect_uri");
        return back == null || isReturnAllowed(back)
                ? library.invoke(request)
                : html(400, SignInPage.message("Signed out", "The address to return to is not known here."));
    }

    private boolean isReturnAllowed(String address) {
        try {
            return clients.mayReturnTo(URI.create(address));
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private OAuth2HttpRequest underOneIssuer(OAuth2HttpRequest request) {
        HttpUrl own = server.url("");
        HttpUrl url = request.getOriginalUrl()
                .newBuilder()
                .scheme(own.scheme())
                .host(own.host())
                .port(own.port())
                .build();
        Headers headers = request.getHeaders()
                .newBuilder()
                .removeAll("x-forwarded-proto")
                .removeAll("x-forwarded-port")
                .set("Host", own.host() + ":" + own.port())
                .build();
        return new OAuth2HttpRequest(headers, request.getMethod(), url, request.getBody());
    }

    private static OAuth2HttpRequest withBody(OAuth2HttpRequest request, String body) {
        return new OAuth2HttpRequest(request.getHeaders(), request.getMethod(), request.getOriginalUrl(), body);
    }

    private static OAuth2HttpResponse html(int status, String page) {
        Headers headers = new Headers.Builder()
                .add("Content-Type", "text/html;charset=UTF-8")
                .add("Cache-Control", "no-store")
                .build();
        return new OAuth2HttpResponse(headers, status, page, null);
    }

    private static OAuth2HttpResponse error(int status, String code) {
        Headers headers = new Headers.Builder()
                .add("Content-Type", "application/json")
                .add("Cache-Control", "no-store")
                .build();
        return new OAuth2HttpResponse(headers, status, json(Map.of("error", code)), null);
    }

    private static String json(Map<String, ?> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings that are no JSON", e);
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
