package io.timetether.scheduling.person;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.timetether.scheduling.http.Role;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Who may sign in. (issuer, subject) is one sign-in, bound once, by an invitation or by the operators' configuration. */
@Entity
public class Person {

    @Id
    public UUID id;

    public @Nullable UUID organisationId;
    public @Nullable UUID staffId;

    @Enumerated(EnumType.STRING)
    public Role role;

    public String name;
    public String email;

    @JsonIgnore
    public @Nullable String issuer;

    @JsonIgnore
    public @Nullable String subject;

    /** SHA-256 of the invitation's token; stays after the acceptance, so that its repetition can be answered. */
    @JsonIgnore
    public byte @Nullable [] invitationHash;

    @JsonIgnore
    public @Nullable Instant invitationExpiresAt;

    @Version
    public long version;

    public Instant createdAt;
    public Instant updatedAt;

    /** The open invitation, in the one answer that may carry its token. */
    @Transient
    @Schema(readOnly = true)
    public @Nullable Invitation invitation;

    /** Whoever is signed in and sends this token becomes this person. */
    public record Invitation(String token, Instant expiresAt) {}

    /** True once a sign-in has accepted the invitation. */
    public boolean isBound() {
        return issuer != null;
    }
}
