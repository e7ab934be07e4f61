package io.timetether.scheduling.database;

import java.sql.SQLException;

/** A statement failed for a reason that its writer did not expect. */
public final class DatabaseFailure extends RuntimeException {

    private final String state;

    DatabaseFailure(SQLException cause) {
        super(cause.getMessage(), cause);
        this.state = cause.getSQLState() == null ? "" : cause.getSQLState();
    }

    /** True if a row that was referred to has gone meanwhile (23503). */
    public boolean isReferenceGone() {
        return state.equals("23503");
    }

    /** True for a unique constraint (23505) or an exclusion constraint (23P01): somebody else was first. */
    public boolean isConflict() {
        return state.equals("23505") || state.equals("23P01");
    }
}
