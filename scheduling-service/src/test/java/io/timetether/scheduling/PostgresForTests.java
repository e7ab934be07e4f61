package io.timetether.scheduling;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.timetether.localrun.mail.LocalMail;
import io.timetether.localrun.postgres.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * A PostgreSQL of the tests' own, with a role that owns its database and nothing else, as in production; a mail server;
 * and the public key with which the tests' tokens are verified.
 */
public class PostgresForTests implements QuarkusTestResourceLifecycleManager {

    private LocalPostgres postgres;
    private LocalMail mail;

    @Override
    public Map<String, String> start() {
        postgres = LocalPostgres.startForTests();
        postgres.createDatabase("scheduling", "scheduling", "for-tests");
        mail = LocalMail.start(0, 0, newFolder(), Clock.systemUTC());
        return Map.ofEntries(
                Map.entry("timetether.smtp.host", "127.0.0.1"),
                Map.entry("quarkus.mailer.host", "127.0.0.1"),
                Map.entry("quarkus.mailer.port", Integer.toString(mail.smtpPort())),
                Map.entry("quarkus.mailer.start-tls", "DISABLED"),
                Map.entry("timetether.test.mail-page", mail.pageUrl()),
                // Fewer connections than racing requests: no request may need two at once.
                Map.entry("quarkus.datasource.jdbc.max-size", "4"),
                Map.entry("quarkus.datasource.jdbc.url", postgres.jdbcUrl("scheduling")),
                Map.entry("quarkus.datasource.username", "scheduling"),
                Map.entry("quarkus.datasource.password", "for-tests"),
                Map.entry("quarkus.http.test-port", "0"),
                Map.entry("quarkus.oidc.auth-server-url", ""),
                Map.entry("quarkus.oidc.public-key", Tokens.publicKey()),
                Map.entry("quarkus.oidc.token.issuer", Tokens.ISSUER),
                Map.entry("timetether.public-url", Tokens.OWN_ISSUER),
                Map.entry("timetether.secret-keys", "k1:" + "A".repeat(43) + "="),
                Map.entry("timetether.operators", Tokens.ISSUER + "|operator|Olga Operator|olga@example.org"));
    }

    @Override
    public void stop() {
        mail.close();
        postgres.close();
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("timetether-mail");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
