package io.timetether.calendarsync.database;

import java.sql.SQLException;

/** Turns the current row into a value. */
@FunctionalInterface
public interface RowReader<T> {

    T read(Row row) throws SQLException;
}
