package io.timetether.calendarsync.authorization;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One way to Microsoft's sign-in page and back, begun by one person in one browser; as it was when it was read. */
@Entity
public class AuthorizationFlow {

    /** Long enough for a second factor and an administrator's consent, short enough to be forgotten. */
    static final Duration LIFETIME = Duration.ofMinutes(30);

    @Id
    private UUID id;

    private UUID organisationId;
    private UUID connectionId;
    private UUID staffId;
    private byte[] stateHash;
    private byte[] cookieHash;
    private String issuer;
    private String subject;
    private String verifier;
    private String nonce;
    private @Nullable String code;
    private @Nullable String error;
    private byte @Nullable [] ticketHash;
    private String returnTo;
    private Instant createdAt;
    private Instant expiresAt;
    private @Nullable Instant redeemedAt;

    protected AuthorizationFlow() {}

    AuthorizationFlow(
            UUID id,
            UUID organisationId,
            UUID connectionId,
            UUID staffId,
            byte[] stateHash,
            byte[] cookieHash,
            String issuer,
            String subject,
            String verifier,
            String nonce,
            String returnTo,
            Instant now) {
        this.id = id;
        this.organisationId = organisationId;
        this.connectionId = connectionId;
        this.staffId = staffId;
        this.stateHash = stateHash;
        this.cookieHash = cookieHash;
        this.issuer = issuer;
        this.subject = subject;
        this.verifier = verifier;
        this.nonce = nonce;
        this.returnTo = returnTo;
        this.createdAt = now;
        this.expiresAt = now.plus(LIFETIME);
    }

    UUID id() {
        return id;
    }

    UUID organisationId() {
        return organisationId;
    }

    UUID connectionId() {
        return connectionId;
    }

    UUID staffId() {
        return staffId;
    }

    byte[] cookieHash() {
        return cookieHash;
    }

    String issuer() {
        return issuer;
    }

    String subject() {
        return subject;
    }

    /** Sealed, bound to this row, as are {@link #nonce} and {@link #code}. */
    String verifier() {
        return verifier;
    }

    String nonce() {
        return nonce;
    }

    @Nullable
    String code() {
        return code;
    }

    /** What Microsoft answered instead of a code. */
    @Nullable
    String error() {
        return error;
    }

    /** Of the browser that brought the answer; null: there is none yet. */
    byte @Nullable [] ticketHash() {
        return ticketHash;
    }

    String returnTo() {
        return returnTo;
    }

    /** What its sealed texts are bound to. */
    String row() {
        return row(id);
    }

    /** What the sealed texts of that flow are bound to. */
    public static String row(UUID id) {
        return "authorization-flow/" + id;
    }
}
