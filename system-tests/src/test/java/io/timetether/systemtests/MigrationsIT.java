package io.timetether.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.localrun.postgres.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every service's migrations on the oldest and on the newest PostgreSQL that we promise, by a role that only owns its
 * database: the same tables come out.
 */
class MigrationsIT {

    private static final Path ROOT = Path.of(System.getProperty("timetether.root"));

    /** What a migration can make, one line a thing, in the words of PostgreSQL itself. */
    private static final String CATALOG = """
            SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                   || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END || ' ' || a.attidentity::text || a.attgenerated::text
                   || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'v', 'm')
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
            UNION ALL
            -- From 18 on, NOT NULL is a constraint, too; it stands with its column already.
            SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
            UNION ALL
            SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL
            SELECT 'view ' || viewname || ' ' || definition FROM pg_views WHERE schemaname = 'public'
            UNION ALL
            SELECT 'sequence ' || sequencename || ' ' || data_type || ' ' || increment_by || ' ' || cache_size
            FROM pg_sequences WHERE schemaname = 'public'
            UNION ALL
            SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL
            SELECT 'function ' || pg_get_functiondef(p.oid) FROM pg_proc p
            WHERE p.pronamespace = 'public'::regnamespace
              AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.objid = p.oid AND e.deptype = 'e')
            UNION ALL
            SELECT 'extension ' || extname FROM pg_extension
            UNION ALL
            SELECT 'migration ' || version || ' ' || script || ' ' || checksum || ' ' || success
            FROM flyway_schema_history
            ORDER BY 1
            """;

    private static LocalPostgres oldest;
    private static LocalPostgres newest;

    @BeforeAll
    static void start() {
        oldest = LocalPostgres.startForTests(ROOT.resolve("system-tests/target/oldest-postgres.jar"));
        newest = LocalPostgres.startForTests();
    }

    @AfterAll
    static void stop() {
        newest.close();
        oldest.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduling-service", "calendar-sync-service", "gateway"})
    void makeTheSameTablesOnTheOldestAndOnTheNewest(String service) throws SQLException {
        List<String> onOldest = catalogAfterMigration(oldest, service, "15.");
        List<String> onNewest = catalogAfterMigration(newest, service, "18.");
        assertThat(onOldest).anyMatch(line -> line.startsWith("migration 1 ")).containsExactlyElementsOf(onNewest);
    }

    private static List<String> catalogAfterMigration(LocalPostgres postgres, String service, String version)
            throws SQLException {
        String name = service.replace('-', '_');
        postgres.createDatabase(name, name, "for-tests");
        String url = postgres.jdbcUrl(name);
        Flyway.configure()
                .dataSource(url, name, "for-tests")
                .locations("filesystem:" + ROOT.resolve(service).resolve("src/main/resources/db/migration"))
                .load()
                .migrate();
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, name, "for-tests");
                var statement = connection.createStatement()) {
            assertThat(connection.getMetaData().getDatabaseProductVersion()).startsWith(version);
            var rows = statement.executeQuery(CATALOG);
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }
}
