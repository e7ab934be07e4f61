package io.timetether.scheduling.appointment;

import io.timetether.scheduling.http.Caller;
import java.util.UUID;

/** Who books, moves or cancels: a person of the organisation; a client by themself, or an outside calendar, whom no sign-in names. */
sealed interface Actor {

    UUID organisationId();

    /** Whose idempotency keys these are. */
    String keyOwner();

    /** As the history keeps it: no personal content. */
    String inHistory();

    record Person(Caller.Member caller) implements Actor {

        @Override
        public UUID organisationId() {
            return caller.organisationId();
        }

        @Override
        public String keyOwner() {
            return caller.personId().toString();
        }

        @Override
        public String inHistory() {
            return "person:" + caller.personId();
        }
    }

    record Client(UUID organisationId) implements Actor {

        @Override
        public String keyOwner() {
            return "client";
        }

        @Override
        public String inHistory() {
            return "client";
        }
    }

    /** Somebody who edited the appointment's event in an outside calendar; who that was is not known here. */
    record OutsideCalendar(UUID organisationId) implements Actor {

        @Override
        public String keyOwner() {
            return "outside-calendar";
        }

        @Override
        public String inHistory() {
            return "outside-calendar";
        }
    }
}
