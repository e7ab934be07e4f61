package io.timetether.calendarsync.connection;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.timetether.calendarsync.database.Sql;
import io.timetether.calendarsync.http.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Who besides its owner may use the account of a connection, always within one organisation. */
@ApplicationScoped
@Transactional
public class Shares implements PanacheRepositoryBase<ConnectionShare, ConnectionShare.Key> {

    private final Sql sql;
    private final Clock clock;

    Shares(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Granted once, however often it is asked for. */
    public void grant(Connection connection, UUID staffId, UUID grantedBy) {
        sql.change("""
                INSERT INTO connection_share (organisation_id, connection_id, staff_id, granted_by, granted_at)
                VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """, connection.organisationId(), connection.id(), staffId, grantedBy, clock.instant());
    }

    /** Whether there was a share to withdraw. */
    public boolean withdraw(Connection connection, UUID staffId) {
        return delete(
                        "organisationId = ?1 and connectionId = ?2 and staffId = ?3",
                        connection.organisationId(),
                        connection.id(),
                        staffId)
                == 1;
    }

    public List<ConnectionShare> list(Connection connection) {
        return list(
                "organisationId = ?1 and connectionId = ?2 order by grantedAt, staffId",
                connection.organisationId(),
                connection.id());
    }

    /** Whether this staff member may use the connection's account: its owner, or somebody it is shared with. */
    public boolean mayUse(Connection connection, UUID staffId) {
        return connection.staffId().equals(staffId)
                || count(
                                "organisationId = ?1 and connectionId = ?2 and staffId = ?3",
                                connection.organisationId(),
                                connection.id(),
                                staffId)
                        > 0;
    }

    /**
     * As {@link #mayUse}, of a connection in use, and so until the transaction ends: whoever withdraws the share or stops the
     * connection waits, and finds what was made under it.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean keepsUsing(Connection connection, UUID staffId) {
        boolean active = sql.find(
                        "SELECT id FROM connection WHERE organisation_id = ? AND id = ? AND state = 'ACTIVE' FOR SHARE",
                        row -> row.uuid("id"),
                        connection.organisationId(),
                        connection.id())
                .isPresent();
        return active
                && (connection.staffId().equals(staffId)
                        || sql.find(
                                        """
                                        SELECT staff_id FROM connection_share
                                        WHERE organisation_id = ? AND connection_id = ? AND staff_id = ? FOR SHARE
                                        """,
                                        row -> row.uuid("staff_id"),
                                        connection.organisationId(),
                                        connection.id(),
                                        staffId)
                                .isPresent());
    }

    /** Whether the caller may see the connection and its calendars: who manages it, and who shares it. */
    public boolean maySee(Caller caller, Connection connection) {
        UUID staffId = caller.staffId();
        return caller.mayManage(connection.staffId()) || (staffId != null && mayUse(connection, staffId));
    }
}
