package io.timetether.scheduling.machine;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;

/**
 * The keys that sign programs' tokens, made from {@code TIMETETHER_SECRET_KEYS}: all instances have the same without
 * telling each other, and no key lies in the database. The first signs, all of them are published; so a new key is first
 * added at the end everywhere, then put first, and the old one removed when its last token has expired.
 */
@ApplicationScoped
class SigningKeys {

    private static final String PURPOSE = "timetether machine tokens v1";
    private static final int SEED_BYTES = 32;

    private final List<PublicJsonWebKey> keys = new ArrayList<>();

    SigningKeys(
            @ConfigProperty(name = "timetether.secret-keys") Optional<String> ring,
            @ConfigProperty(name = "timetether.secret-keys-file") Optional<String> file) {
        String entries = file.map(SigningKeys::read).or(() -> ring).orElse("");
        for (String entry : entries.split("[\\s,]+")) {
            if (!entry.isEmpty()) {
                keys.add(key(entry));
            }
        }
    }

    /** The key that signs; none where the operator has given no secret keys. */
    Optional<PublicJsonWebKey> signing() {
        return keys.stream().findFirst();
    }

    /** The public halves of all keys. */
    List<JsonWebKey> published() {
        return List.copyOf(keys);
    }

    /** The JSON of a key set, without anything private. */
    String keySet() {
        return new org.jose4j.jwk.JsonWebKeySet(published()).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    private static PublicJsonWebKey key(String entry) {
        int colon = entry.indexOf(':');
        try {
            byte[] secret = Base64.getDecoder().decode(entry.substring(colon + 1));
            if (colon < 1 || secret.length != SEED_BYTES) {
                throw unusable();
            }
            PublicJsonWebKey key = asJsonWebKey(pair(seed(secret)));
            key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
            return key;
        } catch (IllegalArgumentException notBase64) {
            throw unusable(); // the cause would print parts of the key
        } catch (GeneralSecurityException | JoseException impossible) {
            throw new IllegalStateException("A signing key could not be made", impossible);
        }
    }

    private static IllegalStateException unusable() {
        return new IllegalStateException(
                "TIMETETHER_SECRET_KEYS: each entry must be keyId:base64(32 random bytes), separated by commas");
    }

    private static byte[] seed(byte[] secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return mac.doFinal(PURPOSE.getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 8032: the seed is the private key. The JDK makes the public half only where it draws the seed itself. */
    private static KeyPair pair(byte[] seed) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
        KeyPair pair = generator.generateKeyPair();
        boolean asAsked = pair.getPrivate() instanceof EdECPrivateKey made
                && made.getBytes().filter(bytes -> Arrays.equals(bytes, seed)).isPresent();
        if (!asAsked) {
            throw new GeneralSecurityException("This Java does not make an Ed25519 key from a given seed");
        }
        return pair;
    }

    private static PublicJsonWebKey asJsonWebKey(KeyPair pair) throws JoseException {
        PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
        key.setPrivateKey(pair.getPrivate());
        key.setAlgorithm(AlgorithmIdentifiers.EDDSA);
        key.setUse("sig");
        return key;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("TIMETETHER_SECRET_KEYS_FILE cannot be read", unreadable);
        }
    }

    /** Gives the bytes that it was made with, once. */
    private static final class Fixed extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final transient byte[] bytes;

        Fixed(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(bytes, 0, target, 0, target.length);
        }
    }
}
