package io.timetether.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class SchemaIT {

    @Inject
    DataSource dataSource;

    private List<String> names(String sql) throws SQLException {
        List<String> names = new ArrayList<>();
        try (var connection = dataSource.getConnection();
                var rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    /** The installation's own tables, and those where an operator's rows have no organisation. */
    @Test
    void everyTableButTheInstallationsOwnCarriesItsOrganisation() throws SQLException {
        assertThat(names("""
                        SELECT table_name FROM information_schema.tables t
                        WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND NOT EXISTS (
                            SELECT 1 FROM information_schema.columns c
                            WHERE c.table_schema = 'public' AND c.table_name = t.table_name
                              AND c.column_name = 'organisation_id' AND c.is_nullable = 'NO')
                        ORDER BY table_name
                        """))
                .containsExactly(
                        "change_head",
                        "flyway_schema_history",
                        "idempotency_key",
                        "installation",
                        "organisation",
                        "person",
                        "public_limit");
    }

    @Test
    void everyForeignKeyCarriesTheOrganisation() throws SQLException {
        assertThat(names("""
                        SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
                        WHERE contype = 'f' AND connamespace = 'public'::regnamespace
                          AND pg_get_constraintdef(oid) NOT LIKE 'FOREIGN KEY (organisation_id%'
                        """)).isEmpty();
    }

    @Test
    void busyTimeIsReadByItsCoveringIndexes() throws SQLException {
        String plan = String.join("\n", names("""
                        EXPLAIN SELECT start_at, end_at FROM occupancy
                        WHERE organisation_id = gen_random_uuid() AND staff_id = ANY (ARRAY[gen_random_uuid()])
                          AND start_at < now() AND start_at > now() - interval '48 hours' AND end_at > now()
                        """));
        assertThat(plan).contains("occupancy_window");
    }
}
