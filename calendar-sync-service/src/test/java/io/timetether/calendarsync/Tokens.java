package io.timetether.calendarsync;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Tokens as the identity provider would issue them, signed by a key of this test run. */
public final class Tokens {

    public static final String ISSUER = "https://identity.test/timetether";
    private static final KeyPair KEYS = keys();

    private Tokens() {}

    /** A person's token as the gateway obtained it: a browser session. */
    public static String session(String subject) {
        return token(subject, "timetether-gateway", "timetether", 600);
    }

    /** The same person by a token of another client. */
    public static String bearer(String subject) {
        return token(subject, "some-integrator", "timetether", 600);
    }

    public static String token(String subject, String client, String audience, int secondsToLive) {
        long now = System.currentTimeMillis() / 1000;
        String header = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
        String claims = encoded("""
                {"iss":"%s","sub":"%s","aud":["%s"],"azp":"%s","scope":"openid","iat":%d,"exp":%d}
                """.formatted(ISSUER, subject, audience, client, now, now + secondsToLive));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KEYS.getPrivate());
            signature.update((header + "." + claims).getBytes(StandardCharsets.US_ASCII));
            return header + "." + claims + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String publicKey() {
        return Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded());
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.strip().getBytes(StandardCharsets.UTF_8));
    }

    /** Kept in a system property: the framework loads this class more than once. */
    private static KeyPair keys() {
        try {
            String kept = System.getProperty("timetether.test-keys");
            KeyFactory factory = KeyFactory.getInstance("RSA");
            if (kept != null) {
                String[] parts = kept.split(",");
                return new KeyPair(
                        factory.generatePublic(
                                new X509EncodedKeySpec(Base64.getDecoder().decode(parts[0]))),
                        factory.generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(parts[1]))));
            }
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair fresh = generator.generateKeyPair();
            Base64.Encoder encoder = Base64.getEncoder();
            System.setProperty(
                    "timetether.test-keys",
                    encoder.encodeToString(fresh.getPublic().getEncoded()) + ","
                            + encoder.encodeToString(fresh.getPrivate().getEncoded()));
            return fresh;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
