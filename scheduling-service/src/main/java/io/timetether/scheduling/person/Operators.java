package io.timetether.scheduling.person;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the configured operators ({@code issuer|subject|name|email}, separated by commas) exist from the start. */
@ApplicationScoped
class Operators {

    private final Optional<List<String>> configured;
    private final People people;
    private final Clock clock;

    Operators(
            @ConfigProperty(name = "timetether.operators") Optional<List<String>> configured,
            People people,
            Clock clock) {
        this.configured = configured;
        this.people = people;
        this.clock = clock;
    }

    void ensure(@Observes StartupEvent event) {
        for (String line : configured.orElse(List.of())) {
            String[] parts = line.strip().split("\\|", -1);
            if (parts.length != 4 || parts[0].isBlank() || parts[1].isBlank()) {
                throw new IllegalStateException(
                        "TIMETETHER_OPERATORS must be issuer|subject|name|email, separated by commas; this is not: "
                                + line);
            }
            people.ensureOperator(parts[0], parts[1], parts[2], parts[3], clock.instant());
        }
    }
}
