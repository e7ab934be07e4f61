package io.timetether.calendarsync.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.calendarsync.SignInPage;
import io.timetether.calendarsync.identity.AuthorizationWish.PromptFor;
import io.timetether.calendarsync.identity.RedeemOutcome.Declined;
import io.timetether.calendarsync.identity.RedeemOutcome.Redeemed;
import io.timetether.calendarsync.identity.RedeemOutcome.TryAgain;
import io.timetether.calendarsync.identity.TokenOutcome.Granted;
import io.timetether.calendarsync.identity.TokenOutcome.Misconfigured;
import io.timetether.calendarsync.identity.TokenOutcome.ReconnectNeeded;
import io.timetether.office365.Office365Simulator;
import io.timetether.office365.SimulatorSettings;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signing in against the stand-in; the numbers are those of the scenarios in docs/graph-notes. */
class MicrosoftIdentityIT {
    private static final URI REDIRECT = URI.create("http://localhost:8080/oauth/microsoft/callback");
    private static final String KEYS = "k1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String ANNA = "anna@practice.example";
    private static final String BEN = "ben@practice.example";

    private final TokenCipher cipher = new TokenCipher(SecretKeys.parse(KEYS));
    private final Rows rows = new Rows();
    private Office365Simulator office;
    private MicrosoftIdentity identity;

    @BeforeEach
    void start() {
        // Shorter than the five minutes before which msal4j refreshes: each silent call is a refresh.
        office =
                Office365Simulator.start(SimulatorSettings.forTests().withAccessTokenLifetime(Duration.ofSeconds(200)));
        office.outlook().createMailbox(ANNA, "Anna Ott", "W. Europe Standard Time");
        office.outlook().createMailbox(BEN, "Ben Vogt", "W. Europe Standard Time");
        identity = identity("timetether-local-secret");
    }

    @AfterEach
    void stop() {
        office.close();
    }

    @Test
    void connectsAnAccountThroughAFormThatMicrosoftPosts_3() {
        Pkce pkce = Pkce.fresh(new SecureRandom());
        String url = identity.authorizationUrl(wish(pkce, "a state & more", "nonce-1"));
        assertThat(url).startsWith(office.origin() + "/common/oauth2/v2.0/authorize?");
        Map<String, String> asked = SignInPage.query(URI.create(url));
        assertThat(asked)
                .containsEntry("response_mode", "form_post")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("redirect_uri", REDIRECT.toString());
        assertThat(asked.get("scope").split(" "))
                .contains(
                        "openid",
                        "profile",
                        "offline_access",
                        "User.Read",
                        "MailboxSettings.Read",
                        "Calendars.ReadWrite",
                        "Calendars.ReadWrite.Shared");
        Map<String, String> posted = SignInPage.accept(url, ANNA);
        assertThat(posted).containsEntry("state", "a state & more");
        RedeemOutcome outcome = identity.redeem(connection(), posted.get("code"), pkce.verifier(), "nonce-1");
        assertThat(outcome).isInstanceOfSatisfying(Redeemed.class, redeemed -> {
            assertThat(redeemed.account().address()).isEqualTo(ANNA);
            assertThat(redeemed.account().name()).isEqualTo("Anna Ott");
            assertThat(redeemed.account().objectId())
                    .isEqualTo(office.outlook().mailbox(ANNA).id());
            assertThat(redeemed.sealedCache()).startsWith("k1:");
        });
    }

    @Test
    void refusesAWrongVerifierAndConnectsNothing_1() {
        Pkce pkce = Pkce.fresh(new SecureRandom());
        String code = code(pkce, ANNA, "n");
        assertThat(identity.redeem(connection(), code, Pkce.text(new SecureRandom()), "n"))
                .isInstanceOf(TryAgain.class);
    }

    @Test
    void aCodeCannotBeRedeemedTwice_2() {
        Pkce pkce = Pkce.fresh(new SecureRandom());
        String code = code(pkce, ANNA, "n");
        ConnectionRef first = connection();
        store(first, identity.redeem(first, code, pkce.verifier(), "n"));
        assertThat(identity.redeem(connection(), code, pkce.verifier(), "n")).isInstanceOf(TryAgain.class);
        assertThat(identity.accessToken(first, new TokenDemand.Usual())).isInstanceOf(Granted.class);
    }

    @Test
    void anAnswerToAnotherSignInIsRefused() {
        Pkce pkce = Pkce.fresh(new SecureRandom());
        assertThat(identity.redeem(connection(), code(pkce, ANNA, "mine"), pkce.verifier(), "another"))
                .isInstanceOf(TryAgain.class);
    }

    @Test
    void tellsThatThePersonDeclined_4() {
        Map<String, String> posted =
                SignInPage.cancel(identity.authorizationUrl(wish(Pkce.fresh(new SecureRandom()), "s", "n")), ANNA);
        assertThat(identity.refusal(posted.get("error"), posted.get("error_description")))
                .isInstanceOf(Declined.class);
    }

    @Test
    void keepsTheNewRefreshTokenAndARestartUsesIt_5() {
        ConnectionRef anna = connected(ANNA);
        String before = cache(anna);
        assertThat(identity.accessToken(anna, new TokenDemand.Usual())).isInstanceOf(Granted.class);
        String after = cache(anna);
        assertThat(after).isNotEqualTo(before);
        assertThat(refreshTokens(after)).hasSize(1).doesNotContainAnyElementsOf(refreshTokens(before));
        assertThat(identity("timetether-local-secret").accessToken(anna, new TokenDemand.Usual()))
                .isInstanceOf(Granted.class);
    }

    @Test
    void eightThreadsCauseOneRefresh_6() throws Exception {
        office.close();
        office = Office365Simulator.start(SimulatorSettings.forTests());
        office.outlook().createMailbox(ANNA, "Anna Ott", "UTC");
        identity = identity("timetether-local-secret");
        ConnectionRef anna = connected(ANNA);
        String first = token(identity.accessToken(anna, new TokenDemand.Usual()));
        rows.saves.set(0);
        Set<String> tokens = new HashSet<>();
        try (var pool = Executors.newFixedThreadPool(8)) {
            List<Future<TokenOutcome>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(pool.submit(() -> identity.accessToken(anna, new TokenDemand.AfterRejection(first))));
            }
            for (Future<TokenOutcome> call : calls) {
                tokens.add(token(call.get()));
            }
        }
        assertThat(tokens).hasSize(1).doesNotContain(first);
        assertThat(rows.saves).hasValue(1);
    }

    @Test
    void twoPeopleOnOneNodeNeverShareACache_7() {
        ConnectionRef anna = connected(ANNA);
        ConnectionRef ben = connected(BEN);
        identity.accessToken(anna, new TokenDemand.Usual());
        identity.accessToken(ben, new TokenDemand.Usual());
        assertThat(cache(ben))
                .contains(office.outlook().mailbox(BEN).id())
                .doesNotContain(office.outlook().mailbox(ANNA).id());
        assertThat(refreshTokens(cache(ben))).doesNotContainAnyElementsOf(refreshTokens(cache(anna)));
    }

    @Test
    void aRevokedAuthorisationNeedsItsOwnerAndIsNotKnockedAtAgain_8() {
        ConnectionRef anna = connected(ANNA);
        office.outlook().revokeSessions(ANNA);
        assertThat(identity.accessToken(anna, new TokenDemand.Usual())).isInstanceOf(ReconnectNeeded.class);
        office.close();
        // Nothing answers any more; the refusal is remembered.
        assertThat(identity.accessToken(anna, new TokenDemand.Usual())).isInstanceOf(ReconnectNeeded.class);
    }

    @Test
    void aPersonWhoReconnectsIsServedAtOnce() {
        ConnectionRef anna = connected(ANNA);
        office.outlook().revokeSessions(ANNA);
        assertThat(identity.accessToken(anna, new TokenDemand.Usual())).isInstanceOf(ReconnectNeeded.class);
        Pkce pkce = Pkce.fresh(new SecureRandom());
        store(anna, identity.redeem(anna, code(pkce, ANNA, "n"), pkce.verifier(), "n"));
        assertThat(identity.accessToken(anna, new TokenDemand.Usual())).isInstanceOf(Granted.class);
    }

    @Test
    void withdrawnConsentNeedsTheOwner() {
        ConnectionRef anna = connected(ANNA);
        office.outlook().withdrawConsent(ANNA, "timetether-local");
        assertThat(identity.accessToken(anna, new TokenDemand.Usual())).isInstanceOf(ReconnectNeeded.class);
    }

    @Test
    void aWrongSecretIsTheOperatorsAffairAndTouchesNoAccount_10() {
        ConnectionRef anna = connected(ANNA);
        assertThat(identity("wrong").accessToken(anna, new TokenDemand.Usual())).isInstanceOf(Misconfigured.class);
        Pkce pkce = Pkce.fresh(new SecureRandom());
        assertThat(identity("wrong").redeem(connection(), code(pkce, ANNA, "n"), pkce.verifier(), "n"))
                .isInstanceOf(RedeemOutcome.Misconfigured.class);
    }

    @Test
    void whenMicrosoftIsAwayTheAccountStaysHealthy_11() {
        ConnectionRef anna = connected(ANNA);
        office.close();
        assertThat(identity.accessToken(anna, new TokenDemand.Usual())).isInstanceOf(TokenOutcome.Unavailable.class);
    }

    @Test
    void theTokenOfAnotherInstanceIsAdoptedAndNotOverwritten() {
        ConnectionRef anna = connected(ANNA);
        MicrosoftIdentity other = identity("timetether-local-secret");
        // The other instance refreshes between our reading and our saving.
        MicrosoftIdentity slow = new MicrosoftIdentity(
                settings("timetether-local-secret"),
                new TokenCaches() {
                    @Override
                    public Optional<SealedCache> find(ConnectionRef connection) {
                        Optional<SealedCache> read = rows.find(connection);
                        other.accessToken(connection, new TokenDemand.Usual());
                        return read;
                    }

                    @Override
                    public boolean save(ConnectionRef connection, long expectedVersion, String sealed) {
                        return rows.save(connection, expectedVersion, sealed);
                    }
                },
                cipher,
                Clock.systemUTC());
        assertThat(slow.accessToken(anna, new TokenDemand.Usual())).isInstanceOf(Granted.class);
        assertThat(rows.saves).hasValue(1);
    }

    @Test
    void aRotatedKeyIsTakenUpAtTheNextUse() {
        ConnectionRef anna = connected(ANNA);
        TokenCipher rotated =
                new TokenCipher(SecretKeys.parse("k2:MTEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=," + KEYS));
        MicrosoftIdentity after =
                new MicrosoftIdentity(settings("timetether-local-secret"), rows, rotated, Clock.systemUTC());
        assertThat(after.accessToken(anna, new TokenDemand.Usual())).isInstanceOf(Granted.class);
        assertThat(rows.rows.get(anna).sealed()).startsWith("k2:");
    }

    @Test
    void aCacheThatWasMovedToAnotherRowCannotBeOpened() {
        ConnectionRef anna = connected(ANNA);
        ConnectionRef thief = connection();
        rows.store(thief, rows.rows.get(anna).sealed());
        assertThat(identity.accessToken(thief, new TokenDemand.Usual())).isInstanceOf(Misconfigured.class);
    }

    @Test
    void aConnectionWithoutCacheNeedsItsOwner() {
        assertThat(identity.accessToken(connection(), new TokenDemand.Usual())).isInstanceOf(ReconnectNeeded.class);
    }

    @Test
    void theAdministratorsPageIsAtTheConfiguredOrigin() {
        assertThat(identity.adminConsentUrl("s 1"))
                .startsWith(office.origin() + "/organizations/v2.0/adminconsent?client_id=timetether-local")
                .contains("state=s%201");
    }

    private ConnectionRef connected(String address) {
        Pkce pkce = Pkce.fresh(new SecureRandom());
        ConnectionRef connection = connection();
        store(connection, identity.redeem(connection, code(pkce, address, "n"), pkce.verifier(), "n"));
        return connection;
    }

    private void store(ConnectionRef connection, RedeemOutcome outcome) {
        assertThat(outcome).isInstanceOf(Redeemed.class);
        rows.store(connection, ((Redeemed) outcome).sealedCache());
    }

    private String code(Pkce pkce, String address, String nonce) {
        return SignInPage.accept(identity.authorizationUrl(wish(pkce, "s", nonce)), address)
                .get("code");
    }

    private static AuthorizationWish wish(Pkce pkce, String state, String nonce) {
        return new AuthorizationWish(state, nonce, pkce.challenge(), null, null, PromptFor.ACCOUNT);
    }

    private String cache(ConnectionRef connection) {
        return cipher.open(rows.rows.get(connection).sealed(), connection.row());
    }

    private static Set<String> refreshTokens(String cache) {
        Set<String> secrets = new HashSet<>();
        var found = Pattern.compile("\"RefreshToken\":\\{.*?\"secret\":\"([^\"]+)\"")
                .matcher(cache);
        while (found.find()) {
            secrets.add(found.group(1));
        }
        return secrets;
    }

    private static String token(TokenOutcome outcome) {
        assertThat(outcome).isInstanceOf(Granted.class);
        return ((Granted) outcome).accessToken();
    }

    private static ConnectionRef connection() {
        return new ConnectionRef(UUID.randomUUID());
    }

    private MicrosoftIdentity identity(String secret) {
        return new MicrosoftIdentity(settings(secret), rows, cipher, Clock.systemUTC());
    }

    private IdentitySettings settings(String secret) {
        return IdentitySettings.forCloud(
                "global", URI.create(office.origin()), "common", "timetether-local", secret, REDIRECT);
    }
}
