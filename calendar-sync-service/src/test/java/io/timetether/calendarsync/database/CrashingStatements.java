package io.timetether.calendarsync.database;

import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/** As {@link CrashingSql}, for what Hibernate says. */
@PersistenceUnitExtension
public class CrashingStatements implements StatementInspector {

    private static final long serialVersionUID = 1L;

    @Override
    public String inspect(String sql) {
        CrashPoints.pass();
        return sql;
    }
}
