package io.timetether.calendarsync.rotation;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.timetether.calendarsync.identity.SecretKeys;
import io.timetether.calendarsync.identity.TokenCipher;
import io.timetether.calendarsync.identity.TokenCipher.SealBroken;
import io.timetether.calendarsync.rotation.SealedTexts.Replacement;
import io.timetether.calendarsync.rotation.SealedTexts.SealedText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Seals everything anew that is not under the first of {@code TIMETETHER_SECRET_KEYS}, in batches, while the service runs.
 * It can be broken off and started again at any time. What somebody writes meanwhile is left as they wrote it. It ends with
 * 0 only if nothing is left under another key; then the others may be removed.
 */
final class KeyRotation {

    private final SealedTexts texts;
    private final TokenCipher cipher;

    KeyRotation(DataSource database, TokenCipher cipher) {
        this.texts = new SealedTexts(database);
        this.cipher = cipher;
    }

    /**
     * @param resealed how many texts are under the first key now that were not before
     * @param left how many texts are still under other keys, by column and key
     * @param unreadable how many of those no configured key opens
     */
    record Report(int resealed, Map<String, Long> left, int unreadable) {

        boolean done() {
            return left.isEmpty();
        }

        /** What the operator reads; no key and no content is in it. */
        String sentence() {
            if (done()) {
                return "Done: " + resealed + " texts sealed anew, none is left under another key than the first.";
            }
            String why = unreadable > 0
                    ? unreadable
                            + " of them no configured key opens: add the key they name, or reconnect their calendars."
                    : "An instance still writes with another key first; put the new key first everywhere, and repeat this.";
            return "NOT done: " + resealed + " texts sealed anew, but there are still " + left + ". " + why;
        }
    }

    /** One pass over everything. */
    Report run() throws SQLException {
        Map<String, Long> left = new TreeMap<>();
        int[] resealed = {0};
        int[] unreadable = {0};
        for (SealedColumn column : SealedColumn.ALL) {
            texts.eachNotUnder(column, cipher.firstKey(), batch -> {
                List<Replacement> anew = new ArrayList<>();
                for (SealedText old : batch) {
                    String row = column.row().apply(old.key());
                    try {
                        anew.add(
                                new Replacement(old.key(), old.text(), cipher.seal(cipher.open(old.text(), row), row)));
                    } catch (SealBroken broken) {
                        unreadable[0]++;
                    }
                }
                resealed[0] += replace(column, anew);
            });
            texts.countNotUnder(column, cipher.firstKey())
                    .forEach((key, count) -> left.put(column + " under " + key, count));
        }
        return new Report(resealed[0], left, unreadable[0]);
    }

    private int replace(SealedColumn column, List<Replacement> anew) {
        try {
            return texts.replace(column, anew);
        } catch (SQLException failure) {
            throw new IllegalStateException(column + " could not be written", failure);
        }
    }

    public static void main(String[] arguments) throws SQLException {
        SmallRyeConfig configuration = configuration();
        SecretKeys keys = SecretKeys.read(
                configuration.getOptionalValue("timetether.secret-keys", String.class),
                configuration.getOptionalValue("timetether.secret-keys-file", String.class));
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setURL(configuration.getValue("quarkus.datasource.jdbc.url", String.class));
        database.setUser(configuration.getValue("quarkus.datasource.username", String.class));
        database.setPassword(configuration.getValue("quarkus.datasource.password", String.class));
        Report report = new KeyRotation(database, new TokenCipher(keys)).run();
        System.out.println(report.sentence());
        System.exit(report.done() ? 0 : 1);
    }

    /** What the service itself would read, from the same places. */
    private static SmallRyeConfig configuration() {
        URL usual = Objects.requireNonNull(KeyRotation.class.getResource("/application.properties"));
        try {
            return new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .addDefaultSources()
                    .withSources(new PropertiesConfigSource(usual))
                    .build();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
