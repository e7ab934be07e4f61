package io.timetether.calendarsync.database;

import java.sql.SQLException;

/** A statement failed for a reason that its writer did not expect. */
public final class DatabaseFailure extends RuntimeException {

    DatabaseFailure(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
