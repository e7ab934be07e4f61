package io.timetether.calendarsync.feed;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The same table, as the publisher sees it: which feeds write, and whether all their appointments are to be looked at. */
@ApplicationScoped
public class WritingFeeds {

    private final Jdbi jdbi;

    WritingFeeds(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The writing feeds of a staff member that have not been stopped. */
    public List<UUID> listWriting(Handle handle, UUID organisationId, UUID staffId) {
        return handle.createQuery("""
                        SELECT id FROM feed
                        WHERE organisation_id = :organisation AND staff_id = :staff AND writing AND state <> 'STOPPED'
                        """)
                .bind("organisation", organisationId)
                .bind("staff", staffId)
                .mapTo(UUID.class)
                .list();
    }

    /** All appointments have to be looked at again: for these feeds, or those of an organisation, or all. */
    public List<UUID> wantSnapshot(Handle handle, @Nullable UUID organisationId, @Nullable UUID staffId) {
        return handle.createQuery("""
                        UPDATE feed SET snapshot_wishes = snapshot_wishes + 1
                        WHERE writing AND state <> 'STOPPED'
                          AND (cast(:organisation AS uuid) IS NULL OR organisation_id = :organisation)
                          AND (cast(:staff AS uuid) IS NULL OR staff_id = :staff)
                        RETURNING id
                        """)
                .bind("organisation", organisationId)
                .bind("staff", staffId)
                .mapTo(UUID.class)
                .list();
    }

    /** How often a look at all appointments was wished for; empty: every wish has been met. */
    public Optional<Long> snapshotWished(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT snapshot_wishes FROM feed WHERE id = :id AND snapshot_wishes <> snapshots_taken")
                .bind("id", id)
                .mapTo(Long.class)
                .findOne());
    }

    /** So many wishes have been met; one that came meanwhile stays open. */
    public void snapshotTaken(UUID id, long wishes) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE feed SET snapshots_taken = :wishes WHERE id = :id")
                .bind("wishes", wishes)
                .bind("id", id)
                .execute());
    }

    /** What keeps appointments from being written, for people; null: nothing. */
    public void publishProblem(UUID id, @Nullable String problem) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "UPDATE feed SET publish_problem = :problem WHERE id = :id AND publish_problem IS DISTINCT FROM :problem")
                .bind("problem", problem)
                .bind("id", id)
                .execute());
    }
}
