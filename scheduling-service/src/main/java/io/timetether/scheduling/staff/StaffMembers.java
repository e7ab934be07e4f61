package io.timetether.scheduling.staff;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Staff members, always of one organisation. */
@ApplicationScoped
public class StaffMembers implements PanacheRepositoryBase<StaffMember, UUID> {

    /** The staff member of this organisation, or a 404. */
    public StaffMember get(UUID organisationId, UUID id) {
        return find("organisationId = ?1 and id = ?2", organisationId, id)
                .firstResultOptional()
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("No staff member has this id."));
    }

    public boolean isKnown(UUID organisationId, UUID id) {
        return count("organisationId = ?1 and id = ?2", organisationId, id) > 0;
    }

    /** By name; one row more than {@code limit} if there are more. */
    List<StaffMember> list(UUID organisationId, @Nullable Cursor after, int limit) {
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
}
