package io.timetether.scheduling.http;

import io.timetether.scheduling.database.Batches;
import io.timetether.scheduling.database.Sql;
import io.timetether.scheduling.http.Callers.SignIn;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whom a sign-in belongs to, by our own table, as it is now: nothing is remembered. Who ask together are looked up together. */
@ApplicationScoped
class SignIns {

    private final Sql sql;
    private final String ownIssuer;
    private final Batches<SignIn, Optional<Caller>> lookUps = new Batches<>(this::findAll);

    /** @param ownIssuer who issues the tokens of integrators' programs: we do */
    SignIns(Sql sql, @ConfigProperty(name = "timetether.public-url") String ownIssuer) {
        this.sql = sql;
        this.ownIssuer = ownIssuer;
    }

    boolean isOurOwn(String issuer) {
        return ownIssuer.equals(issuer);
    }

    /** The person, if this sign-in has been bound to one. */
    Optional<Caller> find(SignIn signIn) {
        return lookUps.serve(signIn);
    }

    private List<Optional<Caller>> findAll(List<SignIn> signIns) {
        Map<SignIn, Caller> found = new HashMap<>();
        sql.list(
                """
                SELECT p.id, p.organisation_id, p.role, p.staff_id, p.issuer, p.subject
                FROM unnest(?, ?) AS t (issuer, subject)
                JOIN person p ON p.issuer = t.issuer AND p.subject = t.subject
                """,
                row -> found.put(
                        new SignIn(row.text("issuer"), row.text("subject")),
                        row.uuidOrNull("organisation_id") == null
                                ? new Caller.Operator(row.uuid("id"))
                                : new Caller.Member(
                                        row.uuid("id"),
                                        row.uuid("organisation_id"),
                                        Role.valueOf(row.text("role")),
                                        row.uuidOrNull("staff_id"))),
                signIns.stream().map(SignIn::issuer).toArray(String[]::new),
                signIns.stream().map(SignIn::subject).toArray(String[]::new));
        return signIns.stream().map(one -> Optional.ofNullable(found.get(one))).toList();
    }
}
