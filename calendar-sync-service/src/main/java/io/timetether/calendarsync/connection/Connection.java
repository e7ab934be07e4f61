package io.timetether.calendarsync.connection;

import io.timetether.calendarsync.account.MicrosoftAccount;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One staff member's authorisation to use one Microsoft account, as it was when it was read. Its repository changes the
 * row, by statements that compare. The tokens are not mapped: only {@link ConnectionTokens} ever reads them.
 */
@Entity
public class Connection {

    @Id
    private UUID id;

    private UUID organisationId;
    private UUID staffId;
    private UUID personId;
    private @Nullable UUID accountId;

    /** The account itself, for display; always fetched with the connection. */
    @ManyToOne
    @JoinColumn(name = "accountId", insertable = false, updatable = false)
    private @Nullable MicrosoftAccount account;

    @Enumerated(EnumType.STRING)
    private ConnectionState state;

    @Enumerated(EnumType.STRING)
    private @Nullable Trouble reason;

    private @Nullable String reasonText;

    @Enumerated(EnumType.STRING)
    private @Nullable WrittenEvents writtenEvents;

    private @Nullable String wantedClaims;
    private int removalTotal;
    private @Nullable Instant lastRefreshedAt;
    private Instant createdAt;
    private Instant updatedAt;
    private long version;

    protected Connection() {}

    /** One that waits for its sign-in. */
    Connection(UUID id, UUID organisationId, UUID staffId, UUID personId, Instant now) {
        this.id = id;
        this.organisationId = organisationId;
        this.staffId = staffId;
        this.personId = personId;
        this.state = ConnectionState.PENDING;
        this.createdAt = now;
        this.updatedAt = now;
        this.version = 1;
    }

    public UUID id() {
        return id;
    }

    public UUID organisationId() {
        return organisationId;
    }

    public UUID staffId() {
        return staffId;
    }

    public UUID personId() {
        return personId;
    }

    /** Null while nobody has signed in. */
    public @Nullable UUID accountId() {
        return accountId;
    }

    public ConnectionState state() {
        return state;
    }

    /** Why it does not run, null when it does. */
    public @Nullable Trouble reason() {
        return reason;
    }

    /** More about this very case, for people. */
    public @Nullable String reasonText() {
        return reasonText;
    }

    public @Nullable WrittenEvents writtenEvents() {
        return writtenEvents;
    }

    /** What Microsoft wants to see at the next sign-in. */
    public @Nullable String wantedClaims() {
        return wantedClaims;
    }

    public int removalTotal() {
        return removalTotal;
    }

    public @Nullable Instant lastRefreshedAt() {
        return lastRefreshedAt;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** Rises with every change that people see; progress and tokens leave it alone, so it is ours and not Hibernate's. */
    public long version() {
        return version;
    }

    public @Nullable String accountAddress() {
        return account == null ? null : account.address();
    }

    public @Nullable String accountName() {
        return account == null ? null : account.name();
    }
}
