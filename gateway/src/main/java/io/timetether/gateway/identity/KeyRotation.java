package io.timetether.gateway.identity;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.timetether.gateway.configuration.GatewayConfiguration;
import io.timetether.gateway.identity.SealedSessions.SealedSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Seals the sessions anew that are not under the first of {@code TIMETETHER_SECRET_KEYS}, as a program of its own, in
 * batches, while the gateways run. It can be broken off and started again at any time. What a gateway writes meanwhile is
 * left as it wrote it. It ends with 0 only if nothing is left under another key; then the others may be removed.
 */
final class KeyRotation {

    private final SealedSessions sessions;
    private final TokenCipher cipher;

    KeyRotation(DataSource database, TokenCipher cipher) {
        this.sessions = new SealedSessions(database);
        this.cipher = cipher;
    }

    /**
     * @param resealed how many sessions are under the first key now that were not before
     * @param left how many are still under which other key
     * @param unreadable how many of those no configured key opens
     */
    record Report(int resealed, Map<String, Long> left, int unreadable) {

        boolean done() {
            return left.isEmpty();
        }

        /** What the operator reads; no key and no content is in it. */
        String sentence() {
            if (done()) {
                return "Done: " + resealed + " sessions sealed anew, none is left under another key than the first.";
            }
            String why = unreadable > 0
                    ? unreadable + " of them no configured key opens: add the key, or wait until they have ended."
                    : "A gateway still writes with another key first; put the new key first everywhere, and repeat this.";
            return "NOT done: " + resealed + " sessions sealed anew, but there are still, by key, " + left + ". " + why;
        }
    }

    /** One pass over everything. */
    Report run() throws SQLException {
        int resealed = 0;
        int unreadable = 0;
        byte[] last = {};
        for (List<SealedSession> batch = next(last); !batch.isEmpty(); batch = next(last)) {
            for (SealedSession session : batch) {
                Optional<String> plain = cipher.open(session.idHash(), session.sealed());
                if (plain.isEmpty()) {
                    unreadable++;
                } else if (sessions.replace(session, cipher.seal(session.idHash(), plain.get()))) {
                    resealed++;
                }
            }
            last = batch.getLast().idHash();
        }
        return new Report(resealed, sessions.countNotUnder(cipher.firstKeyId()), unreadable);
    }

    private List<SealedSession> next(byte[] after) throws SQLException {
        return sessions.listNotUnder(cipher.firstKeyId(), after);
    }

    public static void main(String[] arguments) throws SQLException {
        SmallRyeConfig configuration = configuration();
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setURL(configuration.getValue("quarkus.datasource.jdbc.url", String.class));
        database.setUser(configuration.getValue("quarkus.datasource.username", String.class));
        database.setPassword(configuration.getValue("quarkus.datasource.password", String.class));
        TokenCipher cipher = new TokenCipher(configuration.getConfigMapping(GatewayConfiguration.class));
        Report report = new KeyRotation(database, cipher).run();
        System.out.println(report.sentence());
        System.exit(report.done() ? 0 : 1);
    }

    /** What the gateway itself would read, from the same places. */
    private static SmallRyeConfig configuration() {
        URL usual = Objects.requireNonNull(KeyRotation.class.getResource("/application.properties"));
        try {
            return new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .addDefaultSources()
                    .withSources(new PropertiesConfigSource(usual))
                    .withMapping(GatewayConfiguration.class)
                    .build();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
