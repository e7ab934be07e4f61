package io.timetether.calendarsync.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.calendarsync.feed.FeedSettings.OutsideEdits;
import io.timetether.calendarsync.graph.EventField;
import io.timetether.calendarsync.plan.EventTime;
import io.timetether.calendarsync.publish.OutsideEditPolicy.Answer;
import io.timetether.calendarsync.publish.OutsideEditPolicy.Edit;
import io.timetether.calendarsync.scheduling.AppointmentState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OutsideEditPolicyTest {

    private static final Instant NINE = Instant.parse("2027-03-01T09:00:00Z");
    private static final AppointmentState APPOINTMENT = new AppointmentState(
            UUID.randomUUID(),
            17,
            UUID.randomUUID(),
            UUID.randomUUID(),
            NINE,
            NINE.plusSeconds(1800),
            "OPEN",
            1,
            new AppointmentState.Named(UUID.randomUUID(), "Massage"),
            null,
            List.of(),
            null,
            null);

    private static Edit moved(Instant start, Instant end) {
        return new Edit.Changed(Set.of(EventField.TIME), new EventTime.Timed(start, end));
    }

    private static Answer decide(OutsideEdits policy, Edit edit, int restores) {
        return OutsideEditPolicy.decide(policy, edit, APPOINTMENT, restores);
    }

    @Test
    void restorePutsEveryEditBack() {
        assertThat(decide(OutsideEdits.RESTORE, moved(NINE.plusSeconds(60), NINE.plusSeconds(1860)), 0))
                .isInstanceOf(Answer.PutBack.class);
        assertThat(decide(OutsideEdits.RESTORE, new Edit.Deleted(500), 2)).isInstanceOf(Answer.PutBack.class);
    }

    @Test
    void afterThreeRestoresInAnHourTheFourthEditIsReported() {
        assertThat(decide(OutsideEdits.RESTORE, new Edit.Deleted(1), 3)).isInstanceOf(Answer.Report.class);
        assertThat(decide(OutsideEdits.APPLY, moved(NINE, NINE.plusSeconds(60)), 3))
                .isInstanceOf(Answer.Report.class);
    }

    @Test
    void reportLeavesEverything() {
        assertThat(decide(OutsideEdits.REPORT, new Edit.Deleted(1), 0)).isInstanceOf(Answer.Report.class);
        assertThat(decide(OutsideEdits.REPORT, moved(NINE, NINE.plusSeconds(60)), 0))
                .isInstanceOf(Answer.Report.class);
    }

    @Test
    void applyMovesWhatKeptItsLengthAndCancelsWhatWasDeleted() {
        Instant later = NINE.plusSeconds(3600);
        assertThat(decide(OutsideEdits.APPLY, moved(later, later.plusSeconds(1800)), 3))
                .isEqualTo(new Answer.Move(later));
        assertThat(decide(OutsideEdits.APPLY, new Edit.Deleted(1), 0)).isInstanceOf(Answer.Cancel.class);
    }

    @Test
    void applyPutsBackWhatAnAppointmentCannotBe() {
        assertThat(decide(OutsideEdits.APPLY, moved(NINE, NINE.plusSeconds(60)), 0))
                .isInstanceOf(Answer.PutBack.class);
        Edit allDay = new Edit.Changed(
                Set.of(EventField.TIME), new EventTime.AllDay(LocalDate.EPOCH, LocalDate.EPOCH.plusDays(1)));
        assertThat(decide(OutsideEdits.APPLY, allDay, 0)).isInstanceOf(Answer.PutBack.class);
        Edit renamed = new Edit.Changed(Set.of(EventField.SUBJECT), new EventTime.Timed(NINE, NINE.plusSeconds(1800)));
        assertThat(decide(OutsideEdits.APPLY, renamed, 0)).isInstanceOf(Answer.PutBack.class);
    }

    @Test
    void aCalendarThatWasEmptiedCancelsNobody() {
        assertThat(decide(OutsideEdits.APPLY, new Edit.Deleted(20), 0)).isInstanceOf(Answer.Report.class);
    }
}
