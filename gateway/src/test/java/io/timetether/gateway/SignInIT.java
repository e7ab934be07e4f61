package io.timetether.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.timetether.gateway.world.Browser;
import io.timetether.gateway.world.GatewayProcess;
import io.timetether.gateway.world.ListeningService.Received;
import io.timetether.gateway.world.World;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInIT {

    private final World world = World.get();

    @Test
    void bringsAPersonBackToWhereTheyWereWithACookieThatSaysNothing() throws Exception {
        Browser browser = new Browser();
        List<String> way = new ArrayList<>();

        HttpResponse<String> end = browser.signIn(world.gateway.url("/sign-in?return=/api/v1/me?x=1"), "ada", way);

        assertThat(end.statusCode()).isEqualTo(200);
        assertThat(way.getLast()).isEqualTo(world.gateway.url("/api/v1/me?x=1"));
        assertThat(way)
                .anySatisfy(address -> assertThat(address)
                        .contains("/authorize?")
                        .contains("code_challenge_method=S256", "state=", "nonce=", "audience=timetether")
                        .contains("scope=openid+profile+email")
                        .doesNotContain("evil"));
        assertThat(browser.cookies.get("q_session")).hasSize(43).doesNotContain(".");
        assertThat(browser.setCookies.get("q_session"))
                .containsIgnoringCase("HttpOnly")
                .containsIgnoringCase("SameSite=Lax")
                .matches("(?i).*max-age=4[0-9]{4}.*") // 12 hours and the first token's
                .doesNotContainIgnoringCase("secure");
        assertThat(browser.get(world.gateway.url("/session")).body())
                .isEqualTo("{\"signedIn\":true,\"name\":\"Ada Lovelace\"}");
        Received me = world.scheduling.at("/api/v1/me").getLast();
        String claims = claims(me.header("Authorization"));
        assertThat(claims).contains("\"sub\":\"ada\"", "\"timetether\"", "\"azp\":\"timetether-gateway\"");
        assertThat(me.header("Cookie")).isNull();
    }

    @Test
    void keepsNothingReadableInTheDatabaseOrTheLog() throws Exception {
        Browser browser = signedIn("blaise");
        browser.get(world.gateway.url("/api/v1/once"));
        String token = world.scheduling
                .at("/api/v1/once")
                .getLast()
                .header("Authorization")
                .substring(7);

        try (Connection connection = world.database();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select session::text from session")) {
            while (rows.next()) {
                String row = rows.getString(1);
                String sealed = new String(
                        java.util.HexFormat.of().parseHex(row.split("\\\\x")[2].split("[\",]")[0]),
                        java.nio.charset.StandardCharsets.ISO_8859_1);
                assertThat(row + sealed)
                        .doesNotContain(browser.cookies.get("q_session"))
                        .doesNotContain(token)
                        .doesNotContain("blaise");
            }
        }
        assertThat(world.gateway.log())
                .doesNotContain(browser.cookies.get("q_session"))
                .doesNotContain(token);
    }

    @Test
    void letsASessionBeUsedAndEndedAtAnotherGateway() throws Exception {
        Browser browser = signedIn("grace");

        assertThat(browser.get(world.secondGateway.url("/session")).body()).contains("true");
        assertThat(browser.get(world.secondGateway.url("/api/v1/elsewhere")).statusCode())
                .isEqualTo(200);
        assertThat(claims(world.scheduling.at("/api/v1/elsewhere").getLast().header("Authorization")))
                .contains("grace");

        HttpResponse<String> out =
                browser.send("POST", world.secondGateway.url("/sign-out"), "", "Sec-Fetch-Site", "same-origin");
        assertThat(out.statusCode()).isEqualTo(303);
        assertThat(out.headers().firstValue("location").orElseThrow())
                .contains("/endsession", "id_token_hint=", "post_logout_redirect_uri=");
        assertThat(browser.cookies).doesNotContainKey("q_session");
        HttpResponse<String> home =
                browser.follow(out.headers().firstValue("location").orElseThrow(), new ArrayList<>());
        assertThat(home.uri().toString()).isEqualTo(world.gateway.url("/"));
    }

    @Test
    void endsASessionForEveryoneWhoHasKeptItsCookie() throws Exception {
        Browser browser = signedIn("alan");
        Browser thief = new Browser();
        thief.cookies.putAll(browser.cookies);

        // Both have looked a moment ago, so both could still know it.
        assertThat(thief.get(world.gateway.url("/session")).body()).contains("true");
        assertThat(thief.get(world.secondGateway.url("/session")).body()).contains("true");

        browser.send(
                "POST", world.gateway.url("/sign-out"), "", "X-Timetether-Request", "1", "Accept", "application/json");

        assertThat(thief.get(world.gateway.url("/session")).body()).isEqualTo("{\"signedIn\":false,\"name\":null}");
        thief.get(world.secondGateway.url("/api/v1/after"));
        assertThat(world.scheduling.at("/api/v1/after").getLast().header("Authorization"))
                .isNull();
    }

    /** Sessions that are asked for at the same time are read together; nobody may get another's. */
    @Test
    void mixesNoSessionsUpWhenManyComeAtOnceAndEndsOneAmongThemAtOnce() throws Exception {
        List<String> people = List.of("p0", "p1", "p2", "p3", "p4", "p5");
        List<Browser> browsers = new ArrayList<>();
        for (String person : people) {
            browsers.add(signedIn(person));
        }
        call(people, browsers, "together");
        for (String person : people) {
            assertThat(world.scheduling.at("/api/v1/together/" + person))
                    .hasSize(60)
                    .allSatisfy(call ->
                            assertThat(claims(call.header("Authorization"))).contains("\"sub\":\"" + person + "\""));
        }

        Browser leaving = browsers.get(3);
        Browser kept = new Browser();
        kept.cookies.putAll(leaving.cookies);
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            others.submit(() -> {
                call(people, browsers, "meanwhile");
                return null;
            });
            leaving.send("POST", world.gateway.url("/sign-out"), "", "X-Timetether-Request", "1");
            browsers.set(3, kept);
            call(people, browsers, "afterwards");
        }
        for (String person : people) {
            assertThat(world.scheduling.at("/api/v1/afterwards/" + person))
                    .hasSize(60)
                    .allSatisfy(call ->
                            assertThat(call.header("Authorization") == null).isEqualTo(person.equals("p3")));
        }
    }

    @Test
    void beginsASignInAtOneGatewayAndEndsItAtAnother() throws Exception {
        Browser browser = new Browser();
        // The second gateway begins; the public address, to which the provider sends back, is the first one's.
        HttpResponse<String> end =
                browser.signIn(world.secondGateway.url("/sign-in?return=/session"), "nora", new ArrayList<>());

        assertThat(end.body()).isEqualTo("{\"signedIn\":true,\"name\":\"Nora Nygård\"}");
    }

    @Test
    void renewsAnAccessTokenOnceForAllWhoComeAtTheSameTimeWhileTheCookieStaysAsItIs() throws Exception {
        Browser browser = signedIn("short");
        String cookie = browser.cookies.get("q_session");
        expireAccessTokens();

        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                GatewayProcess one = i % 2 == 0 ? world.gateway : world.secondGateway;
                many.submit(() -> browser.get(one.url("/api/v1/renewed")));
            }
        }

        List<Received> calls = world.scheduling.at("/api/v1/renewed");
        assertThat(calls).hasSize(12);
        assertThat(calls.stream().map(call -> call.header("Authorization")).distinct())
                .hasSize(1);
        long expires =
                Long.parseLong(claims(calls.getFirst().header("Authorization")).replaceAll(".*\"exp\":(\\d+).*", "$1"));
        assertThat(expires - System.currentTimeMillis() / 1000).isGreaterThan(60);
        assertThat(browser.cookies.get("q_session")).isEqualTo(cookie);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example",
                "/\\evil.example",
                "/\t/evil.example",
                "javascript:alert(1)",
                "evil",
                "/sign-in?return=/",
                "/a\nb"
            })
    void refusesToSendAnybodyAnywhereElse(String to) throws Exception {
        HttpResponse<String> response =
                new Browser().get(world.gateway.url("/sign-in?return=" + java.net.URLEncoder.encode(to, "UTF-8")));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("/problems/bad-return-path", "\"field\":\"return\"");
    }

    @Test
    void refusesAForeignStateAndAnswersWithoutGoingRound() throws Exception {
        Browser browser = new Browser();
        browser.get(world.gateway.url("/sign-in"));

        HttpResponse<String> forged = browser.get(world.gateway.url("/sign-in/complete?code=c&state=forged"));
        HttpResponse<String> withoutCookie =
                new Browser().get(world.gateway.url("/sign-in/complete?code=c&state=forged"));

        assertThat(forged.statusCode()).isEqualTo(401);
        assertThat(forged.body()).contains("/problems/sign-in-failed");
        assertThat(withoutCookie.statusCode()).isEqualTo(401);
        assertThat(forged.headers().allValues("set-cookie"))
                .noneMatch(cookie -> cookie.startsWith("q_session=") && cookie.length() > 60);
    }

    @Test
    void endsASignInThatWasDeclined() throws Exception {
        Browser browser = new Browser();
        HttpResponse<String> begun = browser.get(world.gateway.url("/sign-in"));
        String state = begun.headers().firstValue("location").orElseThrow().replaceAll(".*[?&]state=([^&]+).*", "$1");

        HttpResponse<String> declined =
                browser.get(world.gateway.url("/sign-in/complete?error=access_denied&state=" + state));

        assertThat(declined.statusCode()).isEqualTo(401);
        assertThat(declined.body()).contains("/problems/sign-in-failed");
    }

    @Test
    void givesASessionThatWasPlantedBeforeTheSignInToNobody() throws Exception {
        Browser browser = new Browser();
        String planted = "P".repeat(43);
        browser.cookies.put("q_session", planted);

        browser.signIn(world.gateway.url("/sign-in"), "victim", new ArrayList<>());

        assertThat(browser.cookies.get("q_session")).isNotEqualTo(planted);
        Browser attacker = new Browser();
        attacker.cookies.put("q_session", planted);
        assertThat(attacker.get(world.gateway.url("/session")).body()).contains("false");
    }

    @Test
    void doesNotUseAStateTwice() throws Exception {
        Browser browser = new Browser();
        List<String> way = new ArrayList<>();
        browser.signIn(world.gateway.url("/sign-in"), "once", way);
        String complete = way.stream()
                .filter(address -> address.contains("/sign-in/complete?"))
                .findFirst()
                .orElseThrow();

        assertThat(new Browser().get(complete).statusCode()).isEqualTo(401);
        browser.cookies.remove("q_session");
        assertThat(browser.get(complete).statusCode()).isEqualTo(401);
    }

    @Test
    void endsASessionWhoseTimeIsUpOrWhoseKeyIsGone() throws Exception {
        Browser over = signedIn("over");
        try (Connection connection = world.database();
                Statement statement = connection.createStatement()) {
            statement.execute("update session set expires_at = now() - interval '1 second'");
        }
        // The other one: this one may have looked a moment ago.
        assertThat(over.get(world.secondGateway.url("/session")).body()).contains("false");

        Browser unreadable = signedIn("unreadable");
        try (Connection connection = world.database();
                Statement statement = connection.createStatement()) {
            statement.execute("update session set key_id = 'gone'");
        }
        assertThat(unreadable.get(world.secondGateway.url("/session")).body()).contains("false");
        assertThat(unreadable.get(world.secondGateway.url("/api/v1/unreadable")).statusCode())
                .isEqualTo(200);
        assertThat(world.scheduling.at("/api/v1/unreadable").getLast().header("Authorization"))
                .isNull();
    }

    @Test
    void refusesChangesFromOtherSitesOnlyWhereASessionWouldBeUsed() throws Exception {
        Browser browser = signedIn("edsger");
        String url = world.gateway.url("/api/v1/appointments");

        assertThat(browser.send("POST", url, "{}").statusCode()).isEqualTo(403);
        assertThat(browser.send("POST", url, "{}", "Sec-Fetch-Site", "cross-site")
                        .body())
                .contains("/problems/cross-site-request");
        assertThat(browser.send("DELETE", url, "", "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.send("POST", world.gateway.url("/sign-out"), "").statusCode())
                .isEqualTo(403);
        assertThat(browser.send("POST", url, "{}", "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(200);
        assertThat(browser.send("POST", url, "{}", "Origin", world.gateway.url(""))
                        .statusCode())
                .isEqualTo(200);
        assertThat(browser.send("POST", url, "{}", "X-Timetether-Request", "1").statusCode())
                .isEqualTo(200);
        assertThat(browser.send("POST", url, "{}", "Authorization", "Bearer own")
                        .statusCode())
                .isEqualTo(200);
        assertThat(browser.get(url, "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(200);
    }

    @Test
    void lookAtNoSessionWhereMicrosoftPosts() throws Exception {
        Browser browser = signedIn("tim");
        browser.cookies.put("tt_flow", "flow");

        assertThat(browser.send(
                                "POST",
                                world.gateway.url("/oauth/microsoft/callback"),
                                "code=1",
                                "Sec-Fetch-Site",
                                "cross-site")
                        .statusCode())
                .isEqualTo(200);
        assertThat(browser.send("POST", world.gateway.url("/webhooks/microsoft"), "{}")
                        .statusCode())
                .isEqualTo(200);
        browser.cookies.put("tt_flow", "flow");
        browser.get(world.gateway.url("/oauth/microsoft/complete?state=s"));

        assertThat(world.calendarSync.at("/oauth/microsoft/callback").getLast().header("Authorization"))
                .isNull();
        Received complete = world.calendarSync.at("/oauth/microsoft/complete").getLast();
        assertThat(claims(complete.header("Authorization"))).contains("tim");
        assertThat(complete.header("Cookie")).isEqualTo("tt_flow=flow");
    }

    /** Sixty calls of each, half of them at either gateway, all at once. */
    private void call(List<String> people, List<Browser> browsers, String path) {
        try (ExecutorService many = Executors.newFixedThreadPool(24)) {
            for (int i = 0; i < 60 * people.size(); i++) {
                int person = i % people.size();
                GatewayProcess at = i / people.size() % 2 == 0 ? world.gateway : world.secondGateway;
                Browser browser = browsers.get(person);
                many.submit(() -> browser.get(at.url("/api/v1/" + path + "/" + people.get(person))));
            }
        }
    }

    private Browser signedIn(String subject) throws Exception {
        Browser browser = new Browser();
        browser.signIn(world.gateway.url("/sign-in"), subject, new ArrayList<>());
        assertThat(browser.cookies).containsKey("q_session");
        return browser;
    }

    /** As if an hour had gone by for the gateways, which only know what the provider has told them. */
    private void expireAccessTokens() throws Exception {
        try (Connection connection = world.database();
                Statement statement = connection.createStatement()) {
            statement.execute("update session set access_expires_at = now() - interval '1 minute'");
        }
        // Longer than a gateway remembers what it has read.
        await().pollDelay(Duration.ofMillis(250)).until(() -> true);
    }

    private static String claims(String authorization) {
        return new String(Base64.getUrlDecoder().decode(authorization.split("\\.")[1]));
    }
}
