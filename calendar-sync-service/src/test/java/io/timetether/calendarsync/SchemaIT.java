package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class SchemaIT {

    @Inject
    DataSource dataSource;

    @Inject
    SessionFactory sessions;

    /** Flyway makes the tables, the entities describe them: every column is there, and of a type that fits. */
    @Test
    void everyEntityFitsItsTable() {
        sessions.getSchemaManager().validateMappedObjects();
    }

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

    /** The installation's own tables, by name. */
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
                        "account_slot",
                        "change_cursor",
                        "flyway_schema_history",
                        "installation",
                        "job_wish",
                        "microsoft_account",
                        "remote_calendar",
                        "scheduled_tasks");
    }

    @Test
    void everyForeignKeyCarriesTheOrganisation() throws SQLException {
        assertThat(names("""
                        SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
                        WHERE contype = 'f' AND connamespace = 'public'::regnamespace
                          AND pg_get_constraintdef(oid) NOT LIKE 'FOREIGN KEY (organisation_id%'
                          AND confrelid NOT IN ('microsoft_account'::regclass, 'remote_calendar'::regclass)
                        """)).isEmpty();
    }
}
