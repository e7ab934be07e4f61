package io.timetether.scheduling.person;

import io.timetether.scheduling.audit.AuditLog;
import io.timetether.scheduling.http.Callers.SignIn;
import io.timetether.scheduling.http.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Binds a sign-in to a person, once, by a secret that only its hash is kept of. */
@ApplicationScoped
class Invitations {

    private static final Duration VALID = Duration.ofDays(7);

    private final People people;
    private final AuditLog audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Invitations(People people, AuditLog audit, Clock clock) {
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /** Gives the person a new invitation; an earlier one is void. */
    void invite(Person person) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant expiresAt = clock.instant().plus(VALID);
        person.invitationHash = hash(token);
        person.invitationExpiresAt = expiresAt;
        person.invitation = new Person.Invitation(token, expiresAt);
    }

    /** Makes this sign-in the invited person. Repeating an acceptance that worked works again. */
    Person accept(SignIn signIn, String token) {
        byte[] hash = hash(token);
        Optional<Person> present = people.findBySignIn(signIn);
        if (present.isPresent()) {
            if (Arrays.equals(hash, present.get().invitationHash)) {
                return present.get();
            }
            throw ProblemType.ALREADY_BOUND.because("A sign-in belongs to one person; use another sign-in.");
        }
        Person invited = people.findByInvitation(hash)
                .filter(person -> !person.isBound())
                .orElseThrow(() -> ProblemType.INVITATION_UNKNOWN.because(
                        "It was used, replaced or never issued; ask your administrator for a new one."));
        Instant expiresAt = invited.invitationExpiresAt;
        if (expiresAt == null || expiresAt.isBefore(clock.instant())) {
            throw ProblemType.INVITATION_EXPIRED.because("Ask your administrator for a new one.");
        }
        invited.issuer = signIn.issuer();
        invited.subject = signIn.subject();
        invited.updatedAt = clock.instant();
        people.flush();
        UUID organisationId = invited.organisationId;
        if (organisationId != null) {
            audit.note(organisationId, "person:" + invited.id, "PERSON_JOINED", invited.id);
        }
        return invited;
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
