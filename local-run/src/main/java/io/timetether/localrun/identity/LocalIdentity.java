package io.timetether.localrun.identity;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequestHandler;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Connect provider for one machine (a library's, behind our checks and our sign-in page). Its issuer is
 * {@code http://{host}:{port}/timetether}. Tokens carry {@code sub, name, email, aud ["timetether"], azp, scope}; the
 * scope {@code internal:sync} is given to calendar-sync's client alone, for its secret.
 *
 * <p>Clients: {@link #GATEWAY} (code flow with secret, and refresh), {@link #CALENDAR_SYNC} (client credentials) and
 * {@link #COMMAND_LINE} (public; a token for a subject by the password grant, any password).
 */
public final class LocalIdentity implements AutoCloseable {

    public static final String GATEWAY = "timetether-gateway";
    public static final String CALENDAR_SYNC = "timetether-calendar-sync";
    public static final String COMMAND_LINE = "timetether-cli";
    public static final String AUDIENCE = "timetether";

    static final String ISSUER_PATH = "timetether";
    private static final String TEST_SECRET = "only-for-tests";

    private final OAuth2TokenProvider tokens;
    private final SmallServer server;
    private final TokenContents contents;

    private LocalIdentity(OAuth2TokenProvider tokens, SmallServer server, TokenContents contents) {
        this.tokens = tokens;
        this.server = server;
        this.contents = contents;
    }

    /**
     * Where it listens, and under which name clients reach it there.
     *
     * @param address to listen on
     * @param port the same for clients; 0 takes a free one
     * @param host goes into the issuer, so it has to be the same for browsers and services
     */
    public record Place(InetAddress address, int port, String host) {

        /** On this machine, for this machine alone. */
        public static Place local(int port) {
            return new Place(InetAddress.getLoopbackAddress(), port, "localhost");
        }
    }

    /**
     * @param people whom the sign-in page offers
     * @param secrets the secret of {@link #GATEWAY} and of {@link #CALENDAR_SYNC}
     * @param publicOrigins origins besides loopback ones to which a sign-in may return
     * @param keyFile where the signing key is kept, so that tokens outlive a restart; null for a key of this run only
     * @throws IllegalStateException when the port is taken
     */
    public static LocalIdentity start(
            Place place,
            List<Person> people,
            Map<String, String> secrets,
            Set<String> publicOrigins,
            @Nullable Path keyFile) {
        OAuth2TokenProvider tokens =
                new OAuth2TokenProvider(new KeyProvider(List.of(SigningKey.keptIn(keyFile)), "RS256"));
        TokenContents contents = new TokenContents(people);
        SmallServer server = new SmallServer(place.host());
        OAuth2Config config = new OAuth2Config(true, null, null, false, tokens, Set.of(contents), server);
        var library = new OAuth2HttpRequestHandler(config).getAuthorizationServer();
        var clients = new Clients(secrets, publicOrigins);
        server.start(place.address(), place.port(), new Front(people, clients, library, server));
        return new LocalIdentity(tokens, server, contents);
    }

    /** For tests: a free port, a key of its own; the secret of both clients is {@link #testSecret()}. Close it. */
    public static LocalIdentity startForTests(Person... people) {
        return start(
                Place.local(0),
                List.of(people),
                Map.of(GATEWAY, TEST_SECRET, CALENDAR_SYNC, TEST_SECRET),
                Set.of(),
                null);
    }

    public static String testSecret() {
        return TEST_SECRET;
    }

    /** The issuer: what goes into {@code TIMETETHER_IDENTITY_URL}. */
    public String issuer() {
        return server.url(ISSUER_PATH).toString();
    }

    /** An access token as this person would get it through this client, without going through the pages. */
    public String tokenFor(String subject, String clientId) {
        TokenRequest request = new TokenRequest(
                URI.create(issuer() + "/token"),
                new ClientID(clientId),
                new AuthorizationCodeGrant(new AuthorizationCode(), URI.create("http://localhost/")));
        return sign(request, contents.asPerson(subject));
    }

    /** An access token as calendar-sync gets it, with the scope {@code internal:sync}. */
    public String internalToken() {
        TokenRequest request = new TokenRequest(
                URI.create(issuer() + "/token"),
                new ClientSecretBasic(new ClientID(CALENDAR_SYNC), new Secret(TEST_SECRET)),
                new ClientCredentialsGrant());
        return sign(request, contents);
    }

    private String sign(TokenRequest request, TokenContents whose) {
        return tokens.accessToken(request, HttpUrl.get(issuer()), whose, null).serialize();
    }

    @Override
    public void close() {
        server.stop();
    }
}
