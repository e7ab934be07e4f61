package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.timetether.calendarsync.account.AccountSlots;
import io.timetether.calendarsync.account.MicrosoftAccounts;
import io.timetether.calendarsync.account.RemoteCalendar;
import io.timetether.calendarsync.account.RemoteCalendars;
import io.timetether.calendarsync.account.RemoteCalendars.Reading;
import io.timetether.calendarsync.database.Sql;
import io.timetether.calendarsync.graph.CalendarEntry;
import io.timetether.calendarsync.graph.InFlightSlots.Lane;
import io.timetether.calendarsync.graph.InFlightSlots.Lease;
import io.timetether.calendarsync.plan.SyncWindow;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What several runners and instances share: places in flight, and a calendar that only its latest run may save. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class SharedAccountIT {

    private static final SyncWindow WINDOW =
            new SyncWindow(Instant.parse("2027-01-01T00:00:00Z"), Instant.parse("2028-01-01T00:00:00Z"));

    @Inject
    Sql sql;

    @Inject
    MicrosoftAccounts accounts;

    @Inject
    RemoteCalendars calendars;

    @Inject
    AccountSlots slots;

    private UUID account() {
        return accounts.adopt("tid", UUID.randomUUID().toString(), "a@b.c", "A");
    }

    private boolean saved(RemoteCalendar run, String link) {
        return calendars.saveCursor(run, link, WINDOW, Reading.FULL);
    }

    @Test
    void onlyTheLatestRunOfACalendarSavesItsCursor() {
        UUID account = account();
        UUID id = calendars.adopt(account, new CalendarEntry("graph-id", "Calendar", null, null, true, true, true));
        RemoteCalendar paused = calendars.begin(id).orElseThrow();
        RemoteCalendar later = calendars.begin(id).orElseThrow();
        assertThat(later.fence()).isGreaterThan(paused.fence());
        assertThat(saved(later, "later")).isTrue();
        assertThat(saved(paused, "paused")).isFalse();
        assertThat(QuarkusTransaction.requiringNew().call(() -> calendars.isHeld(paused)))
                .isFalse();
        assertThat(calendars.get(id).deltaLink()).isEqualTo("later");
    }

    @Test
    void aWishForAFullReadThatComesDuringOneStaysOpen() {
        UUID account = account();
        UUID id = calendars.adopt(account, new CalendarEntry("graph-id", "Calendar", null, null, true, true, true));
        RemoteCalendar run = calendars.begin(id).orElseThrow();
        calendars.wantFullRead(id);
        assertThat(saved(run, "link")).isTrue();
        assertThat(calendars.get(id).fullReadWanted()).isTrue();
    }

    @Test
    void fourRequestsAreInFlightAndOneIsLeftForPeople() {
        UUID account = account();
        List<Lease> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            held.add(slots.acquire(account, Lane.BACKGROUND).orElseThrow());
        }
        assertThat(slots.acquire(account, Lane.BACKGROUND)).isEmpty();
        held.add(slots.acquire(account, Lane.INTERACTIVE).orElseThrow());
        assertThat(slots.acquire(account, Lane.INTERACTIVE)).isEmpty();
        held.removeFirst().close();
        held.add(slots.acquire(account, Lane.BACKGROUND).orElseThrow());
        held.forEach(Lease::close);
    }

    @Test
    void placesOfAnotherInstanceCountAndFreeThemselvesByTime() {
        UUID account = account();
        sql.change("""
                UPDATE account_slot SET holder = gen_random_uuid(), lease_until = now() + interval '1 second'
                WHERE account_id = ?
                """, account);
        long started = System.nanoTime();
        slots.acquire(account, Lane.INTERACTIVE).orElseThrow().close();
        assertThat(System.nanoTime() - started).isGreaterThan(500_000_000L);
    }
}
