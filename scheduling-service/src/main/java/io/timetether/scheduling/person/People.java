package io.timetether.scheduling.person;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.http.Callers.SignIn;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.IdempotencyKeys;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.staff.StaffErased;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table that alone says who somebody is here. */
@ApplicationScoped
class People implements PanacheRepositoryBase<Person, UUID> {

    private final Sql sql;
    private final IdempotencyKeys keys;

    People(Sql sql, IdempotencyKeys keys) {
        this.sql = sql;
        this.keys = keys;
    }

    Optional<Person> findBySignIn(SignIn signIn) {
        return find("issuer = ?1 and subject = ?2", signIn.issuer(), signIn.subject())
                .firstResultOptional();
    }

    /** With a lock on the row: an invitation binds once. */
    Optional<Person> findByInvitation(byte[] hash) {
        return find("invitationHash", (Object) hash)
                .withLock(jakarta.persistence.LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    /** The person of this organisation, or a 404. */
    Person get(UUID organisationId, UUID id) {
        return find("organisationId = ?1 and id = ?2", organisationId, id)
                .firstResultOptional()
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("No person has this id."));
    }

    List<Person> list(UUID organisationId, @Nullable Cursor after, int limit) {
        return (after == null
                        ? find("organisationId = ?1 order by name, id", organisationId)
                        : find(
                                "organisationId = ?1 and (name > ?2 or (name = ?2 and id > ?3)) order by name, id",
                                organisationId,
                                after.text(0),
                                after.uuid(1)))
                .range(0, limit)
                .list();
    }

    /** In a transaction, they are that until it ends. */
    boolean isStaffMember(UUID organisationId, UUID staffId) {
        return sql.find(
                        "SELECT id FROM staff WHERE organisation_id = ? AND id = ? AND erased_at IS NULL FOR KEY SHARE",
                        row -> true,
                        organisationId,
                        staffId)
                .isPresent();
    }

    /** Who signs in as somebody who is no more, signs in as nobody. */
    void onErasure(@Observes StaffErased erased) {
        List<UUID> gone = sql.list(
                "DELETE FROM person WHERE organisation_id = ? AND staff_id = ? RETURNING id",
                row -> row.uuid("id"),
                erased.organisationId(),
                erased.staffId());
        gone.forEach(id -> keys.forget(erased.organisationId(), id));
    }

    boolean isOrganisation(UUID organisationId) {
        return sql.get(
                "SELECT EXISTS (SELECT 1 FROM organisation WHERE id = ?) AS known",
                row -> row.flag("known"),
                organisationId);
    }

    /** An operator of the configuration exists from the start, bound to their sign-in. */
    void ensureOperator(String issuer, String subject, String name, String email, java.time.Instant now) {
        sql.change("""
                INSERT INTO person (id, role, name, email, issuer, subject, version, created_at, updated_at)
                VALUES (?, 'OPERATOR', ?, ?, ?, ?, 0, ?, ?) ON CONFLICT (issuer, subject) DO NOTHING
                """, UUID.randomUUID(), name, email, issuer, subject, now, now);
    }

    /** What {@code /me} says, in one query. */
    Me me(UUID personId) {
        return sql.get(
                """
                SELECT p.id, p.name, p.email, p.role, p.organisation_id, p.staff_id, o.name AS organisation_name, o.slug,
                       o.plan, o.time_zone AS organisation_zone, s.name AS staff_name, s.time_zone AS staff_zone
                FROM person p
                LEFT JOIN organisation o ON o.id = p.organisation_id
                LEFT JOIN staff s ON s.organisation_id = p.organisation_id AND s.id = p.staff_id
                WHERE p.id = ?
                """,
                row -> {
                    UUID organisationId = row.uuidOrNull("organisation_id");
                    UUID staffId = row.uuidOrNull("staff_id");
                    return new Me(
                            row.uuid("id"),
                            row.text("name"),
                            row.text("email"),
                            row.text("role"),
                            organisationId == null
                                    ? null
                                    : new Me.OfOrganisation(
                                            organisationId,
                                            row.text("organisation_name"),
                                            row.text("slug"),
                                            row.text("plan"),
                                            row.text("organisation_zone")),
                            staffId == null
                                    ? null
                                    : new Me.OfStaff(staffId, row.text("staff_name"), row.text("staff_zone")));
                },
                personId);
    }
}
