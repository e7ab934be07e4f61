package io.timetether.calendarsync.identity;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Seals what must not be read in the database: token caches, hidden subjects, PKCE verifiers. Authenticated encryption
 * (Tink, AES-GCM with a random nonce); the sealed text is {@code keyId:base64} and is bound to its key id and its row.
 */
public final class TokenCipher {

    private final Map<String, Aead> keys = new LinkedHashMap<>();
    private final String firstKey;

    public TokenCipher(SecretKeys ring) {
        for (SecretKeys.Key key : ring.all()) {
            try {
                keys.put(key.id(), new AesGcmJce(key.bytes()));
            } catch (GeneralSecurityException refused) {
                throw new IllegalArgumentException("The key " + key.id() + " cannot be used", refused);
            }
        }
        firstKey = ring.all().getFirst().id();
    }

    /**
     * Seals a text with the first key.
     *
     * @param row what the text belongs to, for example {@code feed-item/<id>}; needed again to open it
     */
    public String seal(String text, String row) {
        try {
            byte[] sealed = key(firstKey).encrypt(text.getBytes(StandardCharsets.UTF_8), context(firstKey, row));
            return firstKey + ":" + Base64.getEncoder().encodeToString(sealed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM refused to encrypt", impossible);
        }
    }

    /**
     * Opens a sealed text.
     *
     * @throws SealBroken if its key is not configured any more, or the text was changed or moved to another row
     */
    public String open(String sealed, String row) {
        String id = keyId(sealed);
        try {
            byte[] bytes = Base64.getDecoder().decode(sealed.substring(id.length() + 1));
            return new String(key(id).decrypt(bytes, context(id, row)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            throw new SealBroken("A sealed text of " + row + " cannot be opened with key " + id, broken);
        }
    }

    /** Whether the text was sealed with a key that is no longer the first: open it, seal it again, store it. */
    public boolean isStale(String sealed) {
        return !keyId(sealed).equals(firstKey);
    }

    /** The id of the key that seals. */
    public String firstKey() {
        return firstKey;
    }

    private static String keyId(String sealed) {
        int colon = sealed.indexOf(':');
        if (colon < 1) {
            throw new SealBroken("Not a sealed text", new IllegalArgumentException("no key id"));
        }
        return sealed.substring(0, colon);
    }

    private Aead key(String id) throws GeneralSecurityException {
        Aead key = keys.get(id);
        if (key == null) {
            throw new GeneralSecurityException("The key " + id + " is not in TIMETETHER_SECRET_KEYS");
        }
        return key;
    }

    private static byte[] context(String keyId, String row) {
        return (keyId + "\n" + row).getBytes(StandardCharsets.UTF_8);
    }

    /** A sealed text that cannot be opened here. */
    public static final class SealBroken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SealBroken(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
