package io.timetether.scheduling.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.timetether.scheduling.database.Batches;
import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.database.StaffLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives a retry the answer of the first attempt. The answer is stored in the transaction of the work, so that both are
 * there or none; refusals are stored too, else a retry after "slot taken" could win later. 400, 401 and 5xx are not.
 */
@ApplicationScoped
public class IdempotencyKeys {

    private static final Duration KEPT = Duration.ofHours(24);

    /** One attempt: whose, at what, by which key, with what content. */
    public record Attempt(@Nullable UUID organisationId, String caller, String operation, String key, byte[] bodyHash) {

        /** Identifies the attempt among those that run right now. */
        public String lockName() {
            return IdempotencyKeys.lockName(organisationId, caller, operation, key);
        }
    }

    /** An answer that is kept for an attempt's repetitions. */
    public record Kept(Attempt attempt, Answer answer) {}

    /**
     * Begins a statement that keeps answers along with what they tell of: {@code used_key} holds the attempts that had not
     * been answered before. Its arguments are those of {@link #keeping}. In the order of the keys, so that two such
     * statements never wait in a circle.
     */
    public static final String KEEPING = """
            WITH used_key AS (
                INSERT INTO idempotency_key
                    (organisation_id, caller, operation, key, body_hash, status, location, etag, body, created_at)
                SELECT organisation_id, caller, operation, key, body_hash, status, location, etag, body, ?::timestamptz
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY
                    AS t (organisation_id, caller, operation, key, body_hash, status, location, etag, body, place)
                ORDER BY place
                ON CONFLICT DO NOTHING RETURNING organisation_id, caller, operation, key
            )
            """;

    private final Sql sql;
    private final StaffLock locks;
    private final ObjectMapper json;
    private final Clock clock;
    private final Batches<Kept, Boolean> refusals = new Batches<>(this::storeAll);

    IdempotencyKeys(Sql sql, StaffLock locks, ObjectMapper json, Clock clock) {
        this.sql = sql;
        this.locks = locks;
        this.json = json;
        this.clock = clock;
    }

    public Attempt attempt(Caller caller, String operation, String key, Object body) {
        return switch (caller) {
            case Caller.Member member ->
                attempt(member.organisationId(), member.personId().toString(), operation, key, body);
            case Caller.Operator operator -> attempt(null, operator.personId().toString(), operation, key, body);
        };
    }

    /** As {@link #attempt(Caller, String, String, Object)}, for {@code caller}s whom no sign-in names. */
    public Attempt attempt(@Nullable UUID organisationId, String caller, String operation, String key, Object body) {
        if (key.isBlank() || key.length() > 255) {
            throw ProblemType.invalid("Idempotency-Key", "must have 1 to 255 characters");
        }
        return new Attempt(organisationId, caller, operation, key, hash(body));
    }

    /** Runs {@code work} in one transaction; under a key, only if no earlier attempt has been answered. */
    public Response once(Caller caller, String operation, @Nullable String key, Object body, Supplier<Answer> work) {
        if (key == null) {
            return QuarkusTransaction.requiringNew().call(work::get).response();
        }
        Attempt attempt = attempt(caller, operation, key, body);
        try {
            return QuarkusTransaction.requiringNew()
                    .call(() -> {
                        begin(attempt);
                        return find(attempt).orElseGet(() -> {
                            Answer answer = work.get();
                            store(attempt, answer);
                            return answer;
                        });
                    })
                    .response();
        } catch (ProblemException refused) {
            return keepRefusal(attempt, refused.problem()).response();
        }
    }

    private static String lockName(@Nullable UUID organisationId, String caller, String operation, String key) {
        return organisationId + "|" + caller + "|" + operation + "|" + key;
    }

    /** The answer that an earlier attempt got; 422 if it asked for something else. */
    public Optional<Answer> find(Attempt attempt) {
        return sql.find(
                """
                SELECT status, location, etag, body, body_hash FROM idempotency_key
                WHERE organisation_id IS NOT DISTINCT FROM ?::uuid AND caller = ? AND operation = ? AND key = ?
                """,
                row -> {
                    if (!Arrays.equals(row.bytes("body_hash"), attempt.bodyHash())) {
                        throw ProblemType.IDEMPOTENCY_KEY_REUSED.because("Use a new key for a new request.");
                    }
                    return new Answer(
                            row.integer("status"),
                            row.textOrNull("location"),
                            row.textOrNull("etag"),
                            row.text("body"));
                },
                attempt.organisationId(),
                attempt.caller(),
                attempt.operation(),
                attempt.key());
    }

    /** Outside a transaction: keeps a refusal, unless another attempt was answered meanwhile: then its answer is the answer. */
    public Answer keepRefusal(Attempt attempt, Problem problem) {
        Answer answer = answer(problem.getStatus(), null, null, problem);
        boolean kept = switch (problem.problem()) {
            case REQUEST_IN_PROGRESS, IDEMPOTENCY_KEY_REUSED -> false;
            default -> problem.getStatus() != 400 && problem.getStatus() != 401 && problem.getStatus() < 500;
        };
        if (!kept) {
            return answer;
        }
        return refusals.serve(new Kept(attempt, answer))
                ? answer
                : find(attempt).orElse(answer);
    }

    public Answer answer(int status, @Nullable String location, @Nullable String etag, Object body) {
        try {
            return new Answer(status, location, etag, json.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A created resource: 201 with its place and its entity tag. */
    public Answer created(String location, long version, Object body) {
        return answer(201, location, EntityTag.of(version), body);
    }

    /** Marks the attempt as running until the transaction ends; 409 if it runs already. */
    public void begin(Attempt attempt) {
        if (!locks.tryAttempt(attempt.lockName())) {
            throw ProblemType.REQUEST_IN_PROGRESS.because("Wait for the first request's answer, then repeat this one.");
        }
    }

    /** Outside a transaction: stores answers; false for a key that has been answered before. */
    private List<Boolean> storeAll(List<Kept> kept) {
        Map<String, Kept> byKey = new TreeMap<>();
        kept.forEach(one -> byKey.putIfAbsent(one.attempt().lockName(), one));
        Set<String> stored = new HashSet<>(sql.list(
                KEEPING + "SELECT organisation_id, caller, operation, key FROM used_key",
                row -> lockName(
                        row.uuidOrNull("organisation_id"), row.text("caller"), row.text("operation"), row.text("key")),
                keeping(List.copyOf(byKey.values()))));
        return kept.stream()
                .map(one -> {
                    String name = one.attempt().lockName();
                    return one.equals(byKey.get(name)) && stored.contains(name);
                })
                .toList();
    }

    /** Keeps an answer along with what it tells of; nothing if the key has been answered before. */
    private void store(Attempt attempt, Answer answer) {
        sql.get(
                KEEPING + "SELECT count(*) AS stored FROM used_key",
                row -> row.number("stored"),
                keeping(attempt, answer));
    }

    /** The arguments of {@link #KEEPING}, for one answer. */
    public List<Object> keeping(Attempt attempt, Answer answer) {
        return keeping(List.of(new Kept(attempt, answer)));
    }

    /** As {@link #keeping(Attempt, Answer)}, for several, in the order of their attempts' names. */
    public List<Object> keeping(List<Kept> rows) {
        return List.of(
                clock.instant(),
                rows.stream().map(one -> one.attempt().organisationId()).toArray(UUID[]::new),
                rows.stream().map(one -> one.attempt().caller()).toArray(String[]::new),
                rows.stream().map(one -> one.attempt().operation()).toArray(String[]::new),
                rows.stream().map(one -> one.attempt().key()).toArray(String[]::new),
                rows.stream().map(one -> one.attempt().bodyHash()).toArray(byte[][]::new),
                rows.stream().map(one -> one.answer().status()).toArray(Integer[]::new),
                rows.stream().map(one -> one.answer().location()).toArray(String[]::new),
                rows.stream().map(one -> one.answer().etag()).toArray(String[]::new),
                rows.stream().map(one -> one.answer().body()).toArray(String[]::new));
    }

    /** Lets kept answers that tell of one entity tell of another one, which it has become, in the present transaction. */
    public void rename(UUID organisationId, UUID from, UUID into) {
        sql.change(
                """
                UPDATE idempotency_key SET body = replace(body, ?, ?), location = replace(location, ?, ?)
                WHERE organisation_id = ? AND position(? IN body) > 0
                """,
                from.toString(),
                into.toString(),
                from.toString(),
                into.toString(),
                organisationId,
                from.toString());
    }

    /**
     * Makes kept answers forget an entity whose id they tell, in the present transaction. The keys stay used: a late
     * retry must not create again what was erased.
     */
    public void forget(UUID organisationId, UUID entityId) {
        Answer gone = answer(
                ProblemType.ERASED.status(), null, null, Problem.of(ProblemType.ERASED, "What this made was erased."));
        sql.change("""
                UPDATE idempotency_key SET status = ?, location = NULL, etag = NULL, body = ?
                WHERE organisation_id = ? AND position(? IN body) > 0
                """, gone.status(), gone.body(), organisationId, entityId.toString());
    }

    @Scheduled(every = "PT10M", delayed = "PT5M", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forgetOld() {
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
