package io.timetether.calendarsync.connection;

import io.timetether.calendarsync.http.ProblemType;
import io.timetether.calendarsync.scheduling.Answer;
import io.timetether.calendarsync.scheduling.OrganisationState;
import io.timetether.calendarsync.scheduling.SchedulingClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Whether an organisation's plan includes calendar sync, asked afresh: an unknown plan is never a refusal. */
@ApplicationScoped
public class CalendarSyncPlan {

    private final SchedulingClient scheduling;

    CalendarSyncPlan(SchedulingClient scheduling) {
        this.scheduling = scheduling;
    }

    /** True if it does; 503 when scheduling-service cannot be asked. */
    public boolean includesCalendarSync(UUID organisationId) {
        return switch (scheduling.organisation(organisationId)) {
            case Answer.Known<OrganisationState>(OrganisationState organisation) ->
                organisation.plan().includesCalendarSync();
            case Answer.Missing<OrganisationState> gone -> false;
            case Answer.Unavailable<OrganisationState> away ->
                throw ProblemType.PLAN_UNKNOWN.because(
                        "The scheduling service, which knows the plan, does not answer; try again soon.");
        };
    }

    /** Refuses with 403 an organisation whose plan does not include calendar sync. */
    public void require(UUID organisationId) {
        if (!includesCalendarSync(organisationId)) {
            throw ProblemType.PLAN_UPGRADE_REQUIRED.because(
                    Trouble.PLAN_UPGRADE_REQUIRED.sentence() + " " + Trouble.PLAN_UPGRADE_REQUIRED.remedy());
        }
    }
}
