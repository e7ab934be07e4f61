package io.timetether.gateway.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a session cookie carries: 32 random bytes that mean nothing. The database knows only their hash, so who reads the
 * database cannot sign in with what it shows.
 *
 * @param value as in the cookie
 */
record SessionId(String value) {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    static SessionId create() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new SessionId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Empty for anything that we have not handed out. */
    static Optional<SessionId> of(@Nullable String cookie) {
        return cookie != null && SHAPE.matcher(cookie).matches()
                ? Optional.of(new SessionId(cookie))
                : Optional.empty();
    }

    byte[] hash() {
        return sha256(value);
    }

    /** Stands for the session in limits and logs. */
    String key() {
        return shortKey(hash());
    }

    static String shortKey(byte[] hash) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 22);
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return "SessionId[" + key() + "]";
    }
}
