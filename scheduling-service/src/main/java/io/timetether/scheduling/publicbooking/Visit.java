package io.timetether.scheduling.publicbooking;

import io.timetether.scheduling.http.ProblemException;
import io.timetether.scheduling.http.ProblemType;
import io.timetether.scheduling.organisation.Organisation;
import io.timetether.scheduling.publicbooking.PublicLimits.Verdict;
import jakarta.enterprise.context.RequestScoped;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request to a public page: at which organisation, and what it was counted against. */
@RequestScoped
class Visit {

    private final List<Verdict> verdicts = new ArrayList<>(2);
    private @Nullable Organisation organisation;

    void at(Organisation found) {
        organisation = found;
    }

    void counted(Verdict verdict) {
        verdicts.add(verdict);
    }

    List<Verdict> verdicts() {
        return verdicts;
    }

    Organisation organisation() {
        Organisation found = organisation;
        if (found == null) {
            throw nothingHere();
        }
        return found;
    }

    /** The same words for an unknown organisation and an unknown link, so that neither can be told from the other. */
    static ProblemException nothingHere() {
        return ProblemType.NOT_FOUND.because(
                "Nothing can be booked or managed at this address; ask for the link again.");
    }
}
