package io.timetether.scheduling.machine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A program's secret: 256 random bits, so that a plain hash of it cannot be searched backwards. Printed as nothing.
 *
 * @param value as the program sends it
 */
record ClientSecret(String value) {

    private static final SecureRandom RANDOM = new SecureRandom();

    static ClientSecret create() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        // A prefix by which a secret that has got into a repository is found.
        return new ClientSecret(
                "tt_secret_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    boolean hashesTo(byte[] hash) {
        return MessageDigest.isEqual(hash(), hash);
    }

    @Override
    public String toString() {
        return "ClientSecret[…]";
    }
}
