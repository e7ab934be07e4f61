package io.timetether.calendarsync.feed;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.timetether.calendarsync.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The same table, as the publisher sees it: which feeds write, and whether all their appointments are to be looked at. */
@ApplicationScoped
@Transactional
public class WritingFeeds implements PanacheRepositoryBase<Feed, UUID> {

    private final Sql sql;
    private final Clock clock;

    WritingFeeds(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** The writing feeds of a staff member that have not been stopped. */
    public List<UUID> listWriting(UUID organisationId, UUID staffId) {
        return find("""
                        select f.id from Feed f
                        where f.organisationId = ?1 and f.staffId = ?2 and f.writing and f.state <> STOPPED
                        """, organisationId, staffId).project(UUID.class).list();
    }

    /** All appointments have to be looked at again: for these feeds, or those of an organisation, or all. */
    public List<UUID> wantSnapshot(@Nullable UUID organisationId, @Nullable UUID staffId) {
        return sql.changed("""
                UPDATE feed SET snapshot_wishes = snapshot_wishes + 1
                WHERE writing AND state <> 'STOPPED'
                  AND organisation_id = coalesce(?, organisation_id) AND staff_id = coalesce(?, staff_id)
                RETURNING id
                """, row -> row.uuid("id"), organisationId, staffId);
    }

    /** How often a look at all appointments was wished for; empty: every wish has been met. */
    public Optional<Long> snapshotWished(UUID id) {
        return find("id = ?1 and snapshotWishes <> snapshotsTaken", id)
                .firstResultOptional()
                .map(Feed::snapshotWishes);
    }

    /** So many wishes have been met; one that came meanwhile stays open. */
    public void snapshotTaken(UUID id, long wishes) {
        update("snapshotsTaken = ?1 where id = ?2", wishes, id);
    }

    /** What keeps appointments from being written, for people; null: nothing. */
    public void publishProblem(UUID id, @Nullable String problem) {
        update("publishProblem = ?1 where id = ?2 and publishProblem is distinct from ?1", problem, id);
    }

    /** What was done about an edit in Office 365, in words without personal content. */
    public void outsideEdit(UUID id, String text) {
        update("outsideEditText = ?1, outsideEditAt = ?2 where id = ?3", text, clock.instant(), id);
    }
}
