package io.timetether.scheduling.staff;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
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
    List<StaffMember> list(
            UUID organisationId, @Nullable String text, @Nullable Boolean active, @Nullable Cursor after, int limit) {
        String pattern = "%" + (text == null ? "" : text.toLowerCase(Locale.ROOT)) + "%";
        List<Boolean> activity = active == null ? List.of(true, false) : List.of(active);
        String chosen = "organisationId = ?1 and (lower(name) like ?2 or lower(email) like ?2) and active in ?3";
        return (after == null
                        ? find(chosen + " order by name, id", organisationId, pattern, activity)
                        : find(
                                chosen + " and (name > ?4 or (name = ?4 and id > ?5)) order by name, id",
                                organisationId,
                                pattern,
                                activity,
                                after.text(0),
                                after.uuid(1)))
                .range(0, limit)
                .list();
    }
}
