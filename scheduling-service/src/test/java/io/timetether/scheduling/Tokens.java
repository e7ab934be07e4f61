package io.timetether.scheduling;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** Tokens as the identity provider would issue them, signed by a key of this test run. */
public final class Tokens {

    public static final String ISSUER = "https://identity.test/timetether";

    /** Under which this service issues programs' tokens itself. */
    public static final String OWN_ISSUER = "https://timetether.test";

    private static final KeyPair KEYS = keys();

    private Tokens() {}

    public static String of(String subject) {
        return token(subject, "openid", "timetether", 600);
    }

    public static String ofCalendarSync() {
        return token("timetether-calendar-sync", "internal:sync", "timetether", 600);
    }

    public static String token(String subject, String scope, String audience, int secondsToLive) {
        return token(ISSUER, subject, scope, audience, secondsToLive);
    }

    public static String token(String issuer, String subject, String scope, String audience, int secondsToLive) {
        long now = System.currentTimeMillis() / 1000;
        String header = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
        String claims = encoded("""
                {"iss":"%s","sub":"%s","aud":["%s"],"azp":"test","scope":"%s","iat":%d,"exp":%d}
                """.formatted(issuer, subject, audience, scope, now, now + secondsToLive));
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

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
