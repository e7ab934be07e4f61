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
        return Map.of(
                "quarkus.datasource.jdbc.url",
                postgres.jdbcUrl("scheduling"),
                "quarkus.datasource.username",
                "scheduling",
                "quarkus.datasource.password",
                "for-tests",
                "quarkus.http.test-port",
                "0",
                "quarkus.oidc.auth-server-url",
                "",
                "quarkus.oidc.public-key",
                Tokens.publicKey(),
                "quarkus.oidc.token.issuer",
                Tokens.ISSUER,
                "timetether.operators",
                Tokens.ISSUER + "|operator|Olga Operator|olga@example.org");
    }

    @Override
    public void stop() {
        postgres.close();
    }
}
