package io.timetether.scheduling.organisation;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.http.Cursor;
import io.timetether.scheduling.http.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The organisations of this installation. */
@ApplicationScoped
public class Organisations implements PanacheRepositoryBase<Organisation, UUID> {

    private final Sql sql;

    Organisations(Sql sql) {
        this.sql = sql;
    }

    /** The organisation, or a 404. */
    public Organisation get(UUID id) {
        Organisation found = findById(id);
        if (found == null) {
            throw ProblemType.NOT_FOUND.because("No organisation has this id.");
        }
        return found;
    }

    /** The organisation with this part of an address. */
    public Optional<Organisation> findBySlug(String slug) {
        return find("slug", slug).firstResultOptional();
    }

    boolean isSlugInUse(String slug) {
        return count("slug", slug) > 0;
    }

    void add(Organisation organisation) {
        persistAndFlush(organisation);
        sql.change("INSERT INTO entry_number (organisation_id) VALUES (?)", organisation.id);
    }

    /** By slug; one row more than {@code limit} if there are more. */
    List<Organisation> list(@Nullable Cursor after, int limit) {
        return find("slug > ?1 order by slug", after == null ? "" : after.text(0))
                .range(0, limit)
                .list();
    }
}
