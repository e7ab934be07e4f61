package io.timetether.calendarsync.authorization;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** Random texts are kept as hashes, and compared in constant time. */
final class Secrets {

    private Secrets() {}

    static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    static boolean matches(@Nullable String secret, byte @Nullable [] hash) {
        return secret != null && hash != null && MessageDigest.isEqual(hash(secret), hash);
    }
}
