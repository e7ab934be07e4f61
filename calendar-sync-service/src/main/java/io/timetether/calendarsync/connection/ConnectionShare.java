package io.timetether.calendarsync.connection;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;

/** One staff member may use the account of a colleague's connection. */
@Entity
@IdClass(ConnectionShare.Key.class)
public class ConnectionShare {

    /** Which connection, and for whom. */
    public record Key(UUID organisationId, UUID connectionId, UUID staffId) {}

    @Id
    private UUID organisationId;

    @Id
    private UUID connectionId;

    @Id
    private UUID staffId;

    private UUID grantedBy;
    private Instant grantedAt;

    protected ConnectionShare() {}

    public UUID connectionId() {
        return connectionId;
    }

    public UUID staffId() {
        return staffId;
    }

    public Instant grantedAt() {
        return grantedAt;
    }
}
