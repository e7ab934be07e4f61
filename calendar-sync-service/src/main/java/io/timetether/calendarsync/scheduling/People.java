package io.timetether.calendarsync.scheduling;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Who a sign-in belongs to, remembered for at most 25 seconds (product.md §10 allows 30). Only what is known is kept. */
@ApplicationScoped
public class People {

    private record SignIn(String issuer, String subject) {}

    private final SchedulingClient scheduling;
    private final Cache<SignIn, PersonState> known = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofSeconds(25))
            .build();

    People(SchedulingClient scheduling) {
        this.scheduling = scheduling;
    }

    public Answer<PersonState> find(String issuer, String subject) {
        SignIn signIn = new SignIn(issuer, subject);
        PersonState remembered = known.getIfPresent(signIn);
        if (remembered != null) {
            return new Answer.Known<>(remembered);
        }
        Answer<PersonState> answer = scheduling.person(issuer, subject);
        if (answer instanceof Answer.Known<PersonState>(PersonState person)) {
            known.put(signIn, person);
        }
        return answer;
    }
}
