package io.timetether.calendarsync.publish;

import java.util.List;

/** What became of an answer by Microsoft when it was to be recorded in the mapping. */
enum Recorded {
    /** The row says what Office 365 shows. */
    SETTLED,
    /** So it does, and it is due again: something was done meanwhile, here, there or by another publisher. */
    DUE_AGAIN,
    /** Another publisher has gone on since, and this event is not the row's. */
    NOT_OURS;

    /** @param due of each row that was changed, whether it is due again: of one, or of none */
    static Recorded of(List<Boolean> due) {
        return due.isEmpty() ? NOT_OURS : due.getFirst() ? DUE_AGAIN : SETTLED;
    }
}
