package io.timetether.scheduling.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppointmentStatusTest {

    /** The published table, cell by cell: x is a move that is possible. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            FROM,        PENDING, OPEN, CONFIRMED, CHECKED_IN, IN_PROGRESS, COMPLETED, NO_SHOW, CANCELLED
            PENDING,     -,       x,    x,         -,          -,           -,         -,       x
            OPEN,        -,       -,    x,         x,          -,           -,         x,       x
            CONFIRMED,   -,       -,    -,         x,          -,           -,         x,       x
            CHECKED_IN,  -,       -,    -,         -,          x,           x,         -,       -
            IN_PROGRESS, -,       -,    -,         -,          -,           x,         -,       -
            COMPLETED,   -,       -,    -,         -,          -,           -,         -,       -
            NO_SHOW,     -,       -,    -,         x,          -,           -,         -,       -
            CANCELLED,   -,       -,    -,         -,          -,           -,         -,       -
            """)
    void movesAsTheTableSays(
            AppointmentStatus from,
            String pending,
            String open,
            String confirmed,
            String checkedIn,
            String inProgress,
            String completed,
            String noShow,
            String cancelled) {
        String[] cells = {pending, open, confirmed, checkedIn, inProgress, completed, noShow, cancelled};
        for (AppointmentStatus to : AppointmentStatus.values()) {
            assertThat(from.next().contains(to)).as("%s to %s", from, to).isEqualTo(cells[to.ordinal()].equals("x"));
        }
    }
}
