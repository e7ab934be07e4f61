package io.timetether.calendarsync.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The key ring of {@code TIMETETHER_SECRET_KEYS}: the first key seals, all of them open. */
public final class SecretKeys {

    private static final int KEY_BYTES = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,40}");

    private final List<Key> keys;

    private SecretKeys(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads {@code keyId:base64(32 bytes)}, separated by commas, white space or line ends.
     *
     * @throws IllegalArgumentException in words for the operator; never with key material in it
     */
    public static SecretKeys parse(String text) {
        List<Key> keys = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (String entry : text.split("[,\\s]+")) {
            if (entry.isEmpty()) {
                continue;
            }
            int colon = entry.indexOf(':');
            String id = colon < 0 ? "" : entry.substring(0, colon);
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("TIMETETHER_SECRET_KEYS: entry " + (ids.size() + 1)
                        + " is not keyId:base64; a key id has up to 40 letters, digits, '.', '_' or '-'");
            }
            if (!ids.add(id)) {
                throw new IllegalArgumentException("TIMETETHER_SECRET_KEYS: the key id " + id + " is there twice");
            }
            keys.add(new Key(id, bytes(id, entry.substring(colon + 1))));
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "TIMETETHER_SECRET_KEYS is empty: give at least one keyId:base64(32 random bytes)");
        }
        return new SecretKeys(keys);
    }

    /**
     * The ring as it is configured: in a file, else in the environment itself.
     *
     * @throws IllegalArgumentException in words for the operator
     */
    public static SecretKeys read(Optional<String> keys, Optional<String> file) {
        if (file.isEmpty()) {
            return parse(
                    keys.orElseThrow(
                            () -> new IllegalArgumentException(
                                    "Set TIMETETHER_SECRET_KEYS (keyId:base64 of 32 bytes) or TIMETETHER_SECRET_KEYS_FILE: tokens are encrypted with it.")));
        }
        try {
            return parse(Files.readString(Path.of(file.get())));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("TIMETETHER_SECRET_KEYS_FILE cannot be read: " + file.get(), unreadable);
        }
    }

    private static byte[] bytes(String id, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            // The cause would print the offending characters of the key.
            throw new IllegalArgumentException("TIMETETHER_SECRET_KEYS: the key " + id + " is not base64");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("TIMETETHER_SECRET_KEYS: the key " + id + " has " + bytes.length
                    + " bytes and needs " + KEY_BYTES + " (openssl rand -base64 32)");
        }
        return bytes;
    }

    List<Key> all() {
        return keys;
    }

    /** One key; compared and printed by its id alone. */
    record Key(String id, byte[] bytes) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.id.equals(id) && Arrays.equals(key.bytes, bytes);
        }

        @Override
        public int hashCode() {
            return id.hashCode();
        }

        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }
}
