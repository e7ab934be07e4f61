package io.timetether.calendarsync.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.timetether.calendarsync.database.Sql;
import io.timetether.calendarsync.identity.TokenCipher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives a retry the answer of the first attempt. What is created here is asked of Microsoft in between, so no transaction can
 * span it: the attempt is noted first, with the id that the new thing will have, and a retry after a crash finds it by that
 * id. Refusals are kept too; 400, 401 and 5xx are not.
 */
@ApplicationScoped
public class IdempotencyKeys {

    private static final Duration KEPT = Duration.ofHours(24);
    /** Longer than any of these requests can take; after that, whoever began it has gone. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(2);

    private record Attempt(UUID organisationId, UUID caller, String operation, String key, byte[] bodyHash) {}

    private record Kept(
            byte[] bodyHash,
            UUID makes,
            Instant runningUntil,
            @Nullable String answer) {}

    private final Sql sql;
    private final TokenCipher cipher;
    private final ObjectMapper json;
    private final Clock clock;

    IdempotencyKeys(Sql sql, TokenCipher cipher, ObjectMapper json, Clock clock) {
        this.sql = sql;
        this.cipher = cipher;
        this.json = json;
        this.clock = clock;
    }

    /** What a kept answer is bound to. */
    public static String row(UUID makes) {
        return "idempotency-key/" + makes;
    }

    /**
     * Does the work, unless an earlier attempt under the same key has been answered.
     *
     * @param key  null: every request is one of its own
     * @param body what was asked for; another body under the same key is refused with 422
     * @param work gets the id that what it creates shall have; under that id it may be there already
     */
    public Response once(
            Caller caller, String operation, @Nullable String key, Object body, Function<UUID, Response> work) {
        if (key == null) {
            return work.apply(UUID.randomUUID());
        }
        if (key.isBlank() || key.length() > 255) {
            throw ProblemType.invalid("Idempotency-Key", "must have 1 to 255 characters");
        }
        Attempt attempt = new Attempt(caller.organisationId(), caller.personId(), operation, key, hash(body));
        Optional<UUID> makes = claim(attempt);
        if (makes.isEmpty()) {
            return earlier(attempt);
        }
        try {
            Response answer = work.apply(makes.get());
            keep(attempt, makes.get(), KeptAnswer.of(answer, json));
            return answer;
        } catch (ProblemException refused) {
            int status = refused.problem().getStatus();
            if (status == 400 || status == 401 || status >= 500) {
                release(attempt);
            } else {
                keep(attempt, makes.get(), KeptAnswer.of(refused.problem(), json));
            }
            throw refused;
        } catch (RuntimeException failed) {
            release(attempt);
            throw failed;
        }
    }

    /** Begins an attempt, or takes over one that broke off; empty: another one has it. */
    private Optional<UUID> claim(Attempt attempt) {
        Instant now = clock.instant();
        return sql
                .changed(
                        """
                        INSERT INTO idempotency_key AS k
                            (organisation_id, caller, operation, key, body_hash, makes, running_until, created_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (organisation_id, caller, operation, key) DO UPDATE
                            SET running_until = EXCLUDED.running_until
                            WHERE k.answer IS NULL AND k.running_until <= ? AND k.body_hash = EXCLUDED.body_hash
                        RETURNING makes
                        """,
                        row -> row.uuid("makes"),
                        attempt.organisationId(),
                        attempt.caller(),
                        attempt.operation(),
                        attempt.key(),
                        attempt.bodyHash(),
                        UUID.randomUUID(),
                        now.plus(LONGEST_RUN),
                        now,
                        now)
                .stream()
                .findFirst();
    }

    private Response earlier(Attempt attempt) {
        Kept kept = sql.find(
                        """
                        SELECT body_hash, makes, running_until, answer FROM idempotency_key
                        WHERE organisation_id = ? AND caller = ? AND operation = ? AND key = ?
                        """,
                        row -> new Kept(
                                Objects.requireNonNull(row.bytesOrNull("body_hash")),
                                row.uuid("makes"),
                                row.instant("running_until"),
                                row.textOrNull("answer")),
                        attempt.organisationId(),
                        attempt.caller(),
                        attempt.operation(),
                        attempt.key())
                .orElse(null);
        if (kept != null && !Arrays.equals(kept.bodyHash(), attempt.bodyHash())) {
            throw ProblemType.IDEMPOTENCY_KEY_REUSED.because("Use a new key for a new request.");
        }
        if (kept == null || kept.answer() == null) {
            throw ProblemType.REQUEST_IN_PROGRESS.because("Wait for the first request's answer, then repeat this one.");
        }
        return KeptAnswer.read(cipher.open(Objects.requireNonNull(kept.answer()), row(kept.makes())), json)
                .response();
    }

    private void keep(Attempt attempt, UUID makes, KeptAnswer answer) {
        sql.change(
                """
                UPDATE idempotency_key SET answer = ?
                WHERE organisation_id = ? AND caller = ? AND operation = ? AND key = ?
                """,
                cipher.seal(answer.text(json), row(makes)),
                attempt.organisationId(),
                attempt.caller(),
                attempt.operation(),
                attempt.key());
    }

    /** Nothing was answered that a retry should get; what it creates keeps its id. */
    private void release(Attempt attempt) {
        sql.change("""
                UPDATE idempotency_key SET running_until = '-infinity'
                WHERE organisation_id = ? AND caller = ? AND operation = ? AND key = ? AND answer IS NULL
                """, attempt.organisationId(), attempt.caller(), attempt.operation(), attempt.key());
    }

    /** Forgets the requests that made these, with their answers: whom they were for has been erased. */
    public void forget(UUID organisationId, Collection<UUID> made) {
        sql.change(
                "DELETE FROM idempotency_key WHERE organisation_id = ? AND makes = ANY (?)",
                organisationId,
                made.toArray(UUID[]::new));
    }

    /** Forgets keys that are older than a day. */
    public void forgetOld() {
        sql.change(
                "DELETE FROM idempotency_key WHERE created_at < ?",
                clock.instant().minus(KEPT));
    }

    private byte[] hash(Object body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(body));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
