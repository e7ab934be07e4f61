package io.timetether.calendarsync.publish;

import io.timetether.calendarsync.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Where we are in scheduling-service's change log; one that was overtaken cannot move it. */
@ApplicationScoped
class ChangeCursor {

    private final Sql sql;

    ChangeCursor(Sql sql) {
        this.sql = sql;
    }

    /** @param cursor null: nothing has been read yet */
    record Place(@Nullable String cursor, long fence) {}

    /** Takes over. */
    Place begin() {
        return sql.changed("""
                        INSERT INTO change_cursor (name, fence) VALUES ('scheduling', 1)
                        ON CONFLICT (name) DO UPDATE SET fence = change_cursor.fence + 1
                        RETURNING cursor, fence
                        """, row -> new Place(row.textOrNull("cursor"), row.number("fence")))
                .getFirst();
    }

    /** Moves on, in the transaction of what was read; false: somebody else has taken over. */
    boolean moveTo(long fence, String cursor) {
        return sql.change("UPDATE change_cursor SET cursor = ? WHERE name = 'scheduling' AND fence = ?", cursor, fence)
                == 1;
    }
}
