package io.timetether.scheduling;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.timetether.localrun.postgres.LocalPostgres;
import java.util.Map;

/**
 * A PostgreSQL of the tests' own, with a role that owns its database and nothing else, as in production; and the public
 * key with which the tests' tokens are verified.
 */
public class PostgresForTests implements QuarkusTestResourceLifecycleManager {

    private LocalPostgres postgres;

    @Override
    public Map<String, String> start() {
        postgres = LocalPostgres.startForTests();
        postgres.createDatabase("scheduling", "scheduling", "for-tests");
        return Map.ofEntries(
                // Fewer connections than racing requests: no request may need two at once.
                Map.entry("quarkus.datasource.jdbc.max-size", "4"),
                Map.entry("quarkus.datasource.jdbc.url", postgres.jdbcUrl("scheduling")),
                Map.entry("quarkus.datasource.username", "scheduling"),
                Map.entry("quarkus.datasource.password", "for-tests"),
                Map.entry("quarkus.http.test-port", "0"),
                Map.entry("quarkus.oidc.auth-server-url", ""),
                Map.entry("quarkus.oidc.public-key", Tokens.publicKey()),
                Map.entry("quarkus.oidc.token.issuer", Tokens.ISSUER),
                Map.entry("timetether.operators", Tokens.ISSUER + "|operator|Olga Operator|olga@example.org"));
    }

    @Override
    public void stop() {
        postgres.close();
    }
}
