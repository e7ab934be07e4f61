package io.timetether.gateway.identity;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Hkdf;
import io.timetether.gateway.configuration.GatewayConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Encrypts what a session keeps (AES-256-GCM), bound to its row: copied into another row it does not open. The first
 * configured key encrypts, all of them decrypt, so keys change by putting a new one in front.
 */
@ApplicationScoped
class TokenCipher {

    private static final int KEY_BYTES = 32;

    private final Map<String, Aead> keys;
    private final String firstKeyId;
    private final byte[] firstKey;

    @Inject
    TokenCipher(GatewayConfiguration configuration) {
        this(read(configuration));
    }

    TokenCipher(String configuredKeys) {
        Map<String, byte[]> raw = parse(configuredKeys);
        Map<String, Aead> opened = new LinkedHashMap<>();
        raw.forEach((id, bytes) -> opened.put(id, aead(bytes)));
        this.keys = opened;
        this.firstKeyId = raw.keySet().iterator().next();
        this.firstKey = raw.values().iterator().next();
    }

    /**
     * @param keyId which key
     * @param ciphertext with its nonce and tag
     */
    record Sealed(String keyId, byte[] ciphertext) {}

    Sealed seal(byte[] idHash, String plain) {
        try {
            Aead aead = keys.get(firstKeyId);
            if (aead == null) {
                throw new IllegalStateException("no key");
            }
            return new Sealed(
                    firstKeyId, aead.encrypt(plain.getBytes(StandardCharsets.UTF_8), boundTo(firstKeyId, idHash)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("A session could not be encrypted", impossible);
        }
    }

    /** Empty when the key is no longer configured or the content is not what was sealed for this row. */
    Optional<String> open(byte[] idHash, Sealed sealed) {
        Aead aead = keys.get(sealed.keyId());
        if (aead == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new String(
                    aead.decrypt(sealed.ciphertext(), boundTo(sealed.keyId(), idHash)), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException notOurs) {
            return Optional.empty();
        }
    }

    /** The id of the key that encrypts. */
    String firstKeyId() {
        return firstKeyId;
    }

    /** A secret of its own for another purpose, the same on every gateway with these keys. */
    String derive(String purpose) {
        try {
            return Base64.getEncoder()
                    .encodeToString(Hkdf.computeHkdf(
                            "HMACSHA256",
                            firstKey,
                            new byte[0],
                            ("timetether gateway " + purpose).getBytes(StandardCharsets.UTF_8),
                            KEY_BYTES));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("A secret could not be derived", impossible);
        }
    }

    private static byte[] boundTo(String keyId, byte[] idHash) {
        return ("gateway session " + keyId + " " + HexFormat.of().formatHex(idHash)).getBytes(StandardCharsets.UTF_8);
    }

    private static String read(GatewayConfiguration configuration) {
        if (configuration.secretKeysFile().isEmpty()) {
            return configuration.secretKeys().orElse("");
        }
        try {
            return Files.readString(configuration.secretKeysFile().get());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("TIMETETHER_SECRET_KEYS_FILE cannot be read", unreadable);
        }
    }

    static Map<String, byte[]> parse(String text) {
        Map<String, byte[]> keys = new LinkedHashMap<>();
        for (String entry : text.split("[,\\s]+")) {
            if (entry.isEmpty()) {
                continue;
            }
            int colon = entry.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("TIMETETHER_SECRET_KEYS: each key is written keyId:base64");
            }
            byte[] bytes = Base64.getDecoder().decode(entry.substring(colon + 1));
            if (bytes.length != KEY_BYTES) {
                throw new IllegalArgumentException(
                        "TIMETETHER_SECRET_KEYS: key " + entry.substring(0, colon) + " must have 32 bytes");
            }
            keys.put(entry.substring(0, colon), bytes);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "Set TIMETETHER_SECRET_KEYS (or TIMETETHER_SECRET_KEYS_FILE) to keyId:base64 of 32 random bytes");
        }
        return keys;
    }

    private static Aead aead(byte[] key) {
        try {
            return new AesGcmJce(key);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM is not available", impossible);
        }
    }
}
