package io.timetether.calendarsync.identity;

import java.util.List;

/** The key ring of {@code TIMETETHER_SECRET_KEYS}: the first key seals, all of them open. */
public final class SecretKeys {

    private final List<Key> keys;

    private SecretKeys(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads {@code keyId:base64(32 bytes),…}, white space and line ends ignored.
     *
     * @throws IllegalArgumentException in words for the operator; never with key material in it
     */
    public static SecretKeys parse(String text) {
        throw new UnsupportedOperationException(text);
    }

    List<Key> all() {
        return keys;
    }

    record Key(String id, byte[] bytes) {}
}
