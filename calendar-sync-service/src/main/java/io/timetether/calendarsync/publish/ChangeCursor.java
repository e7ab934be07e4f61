package io.timetether.calendarsync.publish;

import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Where we are in scheduling-service's change log; one that was overtaken cannot move it. */
@ApplicationScoped
class ChangeCursor {

    private final Jdbi jdbi;

    ChangeCursor(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param cursor null: nothing has been read yet */
    public record Place(@Nullable String cursor, long fence) {}

    /** Takes over. */
    Place begin() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        INSERT INTO change_cursor (name, fence) VALUES ('scheduling', 1)
                        ON CONFLICT (name) DO UPDATE SET fence = change_cursor.fence + 1
                        RETURNING cursor, fence
                        """).mapTo(Place.class).one());
    }

    /** Moves on, in the transaction of what was read; false: somebody else has taken over. */
    boolean moveTo(Handle handle, long fence, String cursor) {
        return handle.createUpdate(
                                "UPDATE change_cursor SET cursor = :cursor WHERE name = 'scheduling' AND fence = :fence")
                        .bind("cursor", cursor)
                        .bind("fence", fence)
                        .execute()
                == 1;
    }
}
