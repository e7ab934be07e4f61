package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.timetether.calendarsync.account.MicrosoftAccounts;
import io.timetether.calendarsync.account.RemoteCalendars;
import io.timetether.calendarsync.authorization.UnfinishedSignIns;
import io.timetether.calendarsync.connection.Connections;
import io.timetether.calendarsync.connection.Trouble;
import io.timetether.calendarsync.feed.SyncRuns;
import io.timetether.calendarsync.graph.CalendarEntry;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Statements that no journey comes to within minutes: HQL is checked when it first runs. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class SeldomStatementsIT {

    @Inject
    Connections connections;

    @Inject
    MicrosoftAccounts accounts;

    @Inject
    RemoteCalendars calendars;

    @Inject
    SyncRuns runs;

    @Inject
    UnfinishedSignIns unfinished;

    @Test
    void whatHousekeepingDoesSeldomRuns() {
        connections.retryMailboxes();
        runs.clear();
        unfinished.tidy();
        assertThat(connections.listResting(10)).isEmpty();
        connections.listOrganisations();
        assertThat(connections.unpark(UUID.randomUUID(), Trouble.PLAN_UPGRADE_REQUIRED))
                .isEmpty();
    }

    @Test
    void aCalendarThatMovedIsReadAnewAndARenewalIsWished() {
        UUID account = accounts.adopt("tid", UUID.randomUUID().toString(), "a@b.c", "A");
        UUID id = calendars.adopt(account, new CalendarEntry("old", "Calendar", null, null, true, true, true));
        calendars.moved(id, new CalendarEntry("new", "Calendar", null, null, false, true, true));
        assertThat(calendars.get(id).graphId()).isEqualTo("new");
        assertThat(calendars.get(id).canEdit()).isFalse();
        calendars.renewNow(id);
        calendars.wasNotified(id);
        assertThat(calendars.get(id).notifiedAt()).isNotNull();
    }
}
