package io.timetether.calendarsync.database;

import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The real thing, but a test may let the process stop before each statement. */
@Mock
@Singleton
class CrashingSql extends Sql {

    CrashingSql(DataSource dataSource, EntityManager entities) {
        super(dataSource, entities);
    }

    @Override
    public <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... arguments) {
        CrashPoints.pass();
        return super.list(sql, reader, arguments);
    }

    @Override
    public int change(String sql, @Nullable Object... arguments) {
        CrashPoints.pass();
        return super.change(sql, arguments);
    }

    @Override
    public <T> List<T> changed(String sql, RowReader<T> reader, @Nullable Object... arguments) {
        CrashPoints.pass();
        return super.changed(sql, reader, arguments);
    }
}
