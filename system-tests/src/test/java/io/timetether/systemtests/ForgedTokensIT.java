package io.timetether.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import io.timetether.localrun.identity.LocalIdentity;
import io.timetether.localrun.product.DemoPeople;
import io.timetether.localrun.product.LocalProduct;
import io.timetether.localrun.settings.Port;
import io.timetether.systemtests.Browser.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens that look right and are not, at the gateway and at the services themselves. */
class ForgedTokensIT {

    private final LocalProduct local = Product.local();
    private final LocalIdentity identity = local.identity().orElseThrow();
    private final RSAKey real = realKey();
    private final RSAKey own = ownKey(real.getKeyID());

    @ParameterizedTest
    @CsvSource({
        "GATEWAY,       /api/v1/me",
        "GATEWAY,       /api/v1/appointments",
        "GATEWAY,       /api/v1/sync-feeds",
        "SCHEDULING,    /api/v1/me",
        "SCHEDULING,    /api/v1/organisations",
        "SCHEDULING,    /internal/v1/changes",
        "CALENDAR_SYNC, /api/v1/sync-feeds"
    })
    void areRefusedEverywhere(Port at, String path) throws Exception {
        Map<String, String> answers = new LinkedHashMap<>();
        for (Map.Entry<String, String> forged : forged().entrySet()) {
            Answer answer = call(at, path, "Bearer " + forged.getValue());
            if (answer.status() != 401 || !answer.text("/type").equals("/problems/sign-in-required")) {
                answers.put(forged.getKey(), answer.status() + " " + answer.raw());
            }
        }
        assertThat(answers).isEmpty();
    }

    @Test
    void theSameMadeRightlyIsAccepted() throws Exception {
        assertThat(call(Port.GATEWAY, "/api/v1/organisations", "Bearer " + signed(real, claims().build()))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"GATEWAY, /api/v1/me", "SCHEDULING, /api/v1/me", "CALENDAR_SYNC, /api/v1/sync-feeds"})
    void anotherSchemeThanBearerIsNobody(Port at, String path) throws Exception {
        String token = signed(real, claims().build());
        for (String authorization : List.of("Basic " + encoded("olivia:x"), "Digest x", "Bearer", "bearer ", token)) {
            assertThat(call(at, path, authorization).status()).as(authorization).isEqualTo(401);
        }
    }

    /** By what is wrong with them. */
    private Map<String, String> forged() throws Exception {
        Map<String, String> forged = new LinkedHashMap<>();
        JWTClaimsSet right = claims().build();
        String[] parts = signed(real, right).split("\\.");
        String publicKey =
                Base64.getMimeEncoder().encodeToString(real.toRSAPublicKey().getEncoded());
        String pem = "-----BEGIN PUBLIC KEY-----\n" + publicKey + "\n-----END PUBLIC KEY-----\n";

        forged.put("signed by another key under the real key's id", signed(own, right));
        forged.put("without a signature", parts[0] + "." + parts[1] + ".");
        forged.put("with two parts", parts[0] + "." + parts[1]);
        forged.put(
                "with the signature of other claims",
                parts[0] + "." + encoded(right.toString() + " ") + "." + parts[2]);
        forged.put("alg none", encoded("{\"alg\":\"none\"}") + "." + parts[1] + ".");
        forged.put("alg None, typed JWT", encoded("{\"alg\":\"None\",\"typ\":\"JWT\"}") + "." + parts[1] + ".");
        forged.put("alg none with a signature", encoded("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2]);
        forged.put("HS256 with the public key as PEM", hmac(pem.getBytes(StandardCharsets.US_ASCII), right));
        forged.put(
                "HS256 with the public key as DER", hmac(real.toRSAPublicKey().getEncoded(), right));
        forged.put("HS256 with the modulus", hmac(real.getModulus().decode(), right));
        forged.put("HS256 with nothing but zeros", hmac(new byte[32], right));
        forged.put("with its own key inside", signed(header().jwk(own.toPublicJWK()), own, right));
        forged.put(
                "with the address of its own key",
                signed(header().jwkURL(URI.create(identity.issuer() + "/own-jwks")), own, right));
        forged.put(
                "with an id of a key that is a path",
                signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("../../../../dev/null"), own, right));
        forged.put(
                "with a critical extension that nobody knows",
                signed(header().criticalParams(java.util.Set.of("exp-not")).customParam("exp-not", true), real, right));
        forged.put("expired", signed(real, claims().expirationTime(in(-120)).build()));
        forged.put("without an end", signed(real, claims().expirationTime(null).build()));
        forged.put(
                "not valid yet", signed(real, claims().notBeforeTime(in(3600)).build()));
        forged.put(
                "for another audience",
                signed(real, claims().audience("elsewhere").build()));
        forged.put(
                "for no audience", signed(real, claims().audience((String) null).build()));
        forged.put(
                "of another issuer",
                signed(real, claims().issuer("https://elsewhere.example").build()));
        forged.put(
                "of an issuer that begins the same",
                signed(
                        real,
                        claims().issuer(identity.issuer() + ".elsewhere.example")
                                .build()));
        forged.put(
                "of our own issuer by the identity provider's key",
                signed(real, claims().issuer(local.settings().publicUrl()).build()));
        forged.put("of no issuer", signed(real, claims().issuer(null).build()));
        forged.put("of nobody", signed(real, claims().subject(null).build()));
        forged.put("not a token", "x");
        forged.put("not a token, long", "A".repeat(6000));
        return forged;
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(identity.issuer())
                .subject(DemoPeople.OLIVIA.subject())
                .audience(LocalIdentity.AUDIENCE)
                .claim("azp", LocalIdentity.COMMAND_LINE)
                .claim("scope", "openid internal:sync")
                .issueTime(in(-1))
                .expirationTime(in(600));
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(real.getKeyID());
    }

    private String signed(RSAKey key, JWTClaimsSet claims) throws JOSEException {
        return signed(header(), key, claims);
    }

    private static String signed(JWSHeader.Builder header, RSAKey key, JWTClaimsSet claims) throws JOSEException {
        return signed(header.build(), new RSASSASigner(key.toPrivateKey()), claims);
    }

    private String hmac(byte[] secret, JWTClaimsSet claims) throws JOSEException {
        return signed(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(real.getKeyID()).build(),
                new MACSigner(secret),
                claims);
    }

    private static String signed(JWSHeader header, JWSSigner signer, JWTClaimsSet claims) throws JOSEException {
        // By hand: the library refuses to sign what it would refuse to read.
        Base64URL first = header.toBase64URL();
        Base64URL second = claims.toPayload().toBase64URL();
        byte[] input = (first + "." + second).getBytes(StandardCharsets.US_ASCII);
        return first + "." + second + "." + signer.sign(plain(header), input);
    }

    private static JWSHeader plain(JWSHeader header) {
        return new JWSHeader(header.getAlgorithm());
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Answer call(Port at, String path, String authorization) {
        return Household.at(local.settings().origin(at)).api("GET", path, null, Map.of("Authorization", authorization));
    }

    private RSAKey realKey() {
        try {
            return RSAKey.parse(Files.readString(local.settings().data().resolve("identity/signing-key")));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey ownKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
