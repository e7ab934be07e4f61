package io.timetether.localrun.settings;

import io.timetether.localrun.files.PrivateFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The passwords and keys of this installation: random, made when first asked for, kept in one private file. */
public final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;
    private final Map<String, String> values;

    private Secrets(Path file, Map<String, String> values) {
        this.file = file;
        this.values = values;
    }

    public static Secrets keptIn(Path file) {
        Map<String, String> values = new TreeMap<>();
        if (Files.exists(file)) {
            Properties kept = new Properties();
            try {
                kept.load(new StringReader(PrivateFile.read(file)));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
            kept.stringPropertyNames().forEach(name -> values.put(name, kept.getProperty(name)));
        }
        return new Secrets(file, values);
    }

    /** A password of 192 random bits. */
    public synchronized String password(String name) {
        return get(name, Base64.getUrlEncoder().withoutPadding().encodeToString(random(24)));
    }

    /** A list of one key, as {@code TIMETETHER_SECRET_KEYS} wants it. */
    public synchronized String encryptionKeys(String name) {
        return get(name, "k1:" + Base64.getEncoder().encodeToString(random(32)));
    }

    private String get(String name, String fresh) {
        String kept = values.putIfAbsent(name, fresh);
        if (kept != null) {
            return kept;
        }
        StringBuilder text = new StringBuilder("# Made by ./run for this machine alone.\n");
        values.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        PrivateFile.write(file, text.toString());
        return fresh;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
