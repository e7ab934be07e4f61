package io.timetether.calendarsync.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** The proof that who redeems a code is who asked for it (RFC 7636, S256). The verifier is kept, the challenge is sent. */
public record Pkce(String verifier, String challenge) {

    /** A fresh pair: 32 random bytes. */
    public static Pkce fresh(SecureRandom random) {
        return of(text(random));
    }

    /** The pair that belongs to a kept verifier. */
    public static Pkce of(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return new Pkce(verifier, Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    /** 32 random bytes as unpadded base64url: also good for a state or a nonce. */
    public static String text(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
