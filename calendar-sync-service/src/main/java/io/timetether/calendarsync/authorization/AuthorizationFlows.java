package io.timetether.calendarsync.authorization;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The table of sign-ins under way. A state is found by its hash, and used once. */
@ApplicationScoped
class AuthorizationFlows {

    /** Long enough for a second factor and an administrator's consent, short enough to be forgotten. */
    static final Duration LIFETIME = Duration.ofMinutes(30);

    private final Jdbi jdbi;
    private final Clock clock;

    AuthorizationFlows(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    void begin(Handle handle, AuthorizationFlow flow, byte[] stateHash) {
        Instant now = clock.instant();
        handle.createUpdate("""
                        INSERT INTO authorization_flow (id, organisation_id, connection_id, staff_id, state_hash, cookie_hash,
                                                        issuer, subject, verifier, nonce, return_to, created_at, expires_at)
                        VALUES (:id, :organisation, :connection, :staff, :state, :cookie, :issuer, :subject, :verifier,
                                :nonce, :returnTo, :now, :expires)
                        """)
                .bind("id", flow.id())
                .bind("organisation", flow.organisationId())
                .bind("connection", flow.connectionId())
                .bind("staff", flow.staffId())
                .bind("state", stateHash)
                .bind("cookie", flow.cookieHash())
                .bind("issuer", flow.issuer())
                .bind("subject", flow.subject())
                .bind("verifier", flow.verifier())
                .bind("nonce", flow.nonce())
                .bind("returnTo", flow.returnTo())
                .bind("now", now)
                .bind("expires", now.plus(LIFETIME))
                .execute();
    }

    /** The flow of a state that is not used up; the state alone proves nothing about who brings it. */
    Optional<AuthorizationFlow> find(byte[] stateHash) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT id, organisation_id, connection_id, staff_id, cookie_hash, issuer, subject, verifier, nonce,
                               code, error, ticket_hash, return_to
                        FROM authorization_flow
                        WHERE state_hash = :state AND redeemed_at IS NULL AND expires_at > :now
                        """)
                .bind("state", stateHash)
                .bind("now", clock.instant())
                .map((row, context) -> flow(row))
                .findOne());
    }

    /** Keeps what Microsoft answered; the first answer counts. */
    boolean answered(UUID id, @Nullable String code, @Nullable String error, byte[] ticketHash) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                UPDATE authorization_flow SET code = :code, error = :error, ticket_hash = :ticket
                                WHERE id = :id AND ticket_hash IS NULL AND redeemed_at IS NULL
                                """)
                        .bind("code", code)
                        .bind("error", error)
                        .bind("ticket", ticketHash)
                        .bind("id", id)
                        .execute())
                == 1;
    }

    /** Uses the flow up, and forgets its secrets; true for exactly one caller. */
    boolean use(UUID id) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                UPDATE authorization_flow SET redeemed_at = :now, code = NULL, verifier = '', nonce = ''
                                WHERE id = :id AND redeemed_at IS NULL
                                """)
                        .bind("now", clock.instant())
                        .bind("id", id)
                        .execute())
                == 1;
    }

    /** Forgets what has expired, and ends the connections whose sign-in nobody completed. */
    void clear() {
        Instant now = clock.instant();
        jdbi.useTransaction(handle -> {
            handle.createUpdate("DELETE FROM authorization_flow WHERE expires_at < :now")
                    .bind("now", now)
                    .execute();
            handle.createUpdate("""
                            UPDATE connection SET state = 'STOPPED', reason = 'NOT_COMPLETED', updated_at = :now,
                                                  version = version + 1
                            WHERE state = 'PENDING' AND created_at < :before
                            """)
                    .bind("now", now)
                    .bind("before", now.minus(LIFETIME))
                    .execute();
        });
    }

    private static AuthorizationFlow flow(ResultSet row) throws SQLException {
        return new AuthorizationFlow(
                row.getObject("id", UUID.class),
                row.getObject("organisation_id", UUID.class),
                row.getObject("connection_id", UUID.class),
                row.getObject("staff_id", UUID.class),
                row.getBytes("cookie_hash"),
                row.getString("issuer"),
                row.getString("subject"),
                row.getString("verifier"),
                row.getString("nonce"),
                row.getString("code"),
                row.getString("error"),
                row.getBytes("ticket_hash"),
                row.getString("return_to"));
    }
}
