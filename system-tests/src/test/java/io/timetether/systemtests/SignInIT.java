package io.timetether.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.localrun.product.DemoPeople;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who comes in, and as whom. */
class SignInIT {

    private final WholeProduct product = WholeProduct.running();

    @Test
    void somebodyWhoPicksTheirNameIsThatPerson() {
        Browser anna = product.signedIn(DemoPeople.ANNA);

        Browser.Answer me = anna.get("/api/v1/me").expect(200);

        assertThat(me.text("/name")).isEqualTo("Anna Weber");
        assertThat(me.text("/role")).isEqualTo("ADMIN");
        assertThat(me.text("/organisation/slug")).isEqualTo("seaside");
        assertThat(me.text("/staffMember/name")).isEqualTo("Anna Weber");
    }

    @Test
    void somebodyNewBelongsNowhereYet() {
        Browser browser = new Browser(product.home());
        Browser.Page picking = browser.open("/sign-in?return=/");
        browser.submit(picking, picking.form("Sign in"), Map.of("username", "Nora New"));

        Browser.Answer me = browser.get("/api/v1/me").expect(403);

        assertThat(me.text("/type")).isEqualTo("/problems/not-invited");
    }

    @Test
    void withoutSigningInNothingIsShown() {
        Browser.Answer me = new Browser(product.home()).get("/api/v1/me").expect(401);

        assertThat(me.text("/type")).isEqualTo("/problems/sign-in-required");
    }

    @Test
    void aProgramIsKnownByItsToken() {
        Browser program = new Browser(product.home());

        Browser.Answer me = program.api(
                        "GET",
                        "/api/v1/me",
                        null,
                        Map.of("Authorization", "Bearer " + product.tokenOf(DemoPeople.HANA)))
                .expect(200);

        assertThat(me.text("/organisation/plan")).isEqualTo("STARTER");
    }

    @Test
    void theInternalInterfaceIsNotReachable() {
        Browser.Answer answer = new Browser(product.home())
                .api(
                        "GET",
                        "/internal/v1/changes",
                        null,
                        Map.of("Authorization", "Bearer " + product.identity().internalToken()));

        assertThat(answer.status()).isEqualTo(404);
    }

    @Test
    void whoSignsOutIsOut() {
        Browser ben = product.signedIn(DemoPeople.BEN);
        ben.get("/api/v1/me").expect(200);

        ben.post("/sign-out", Map.of());

        ben.get("/api/v1/me").expect(401);
    }
}
