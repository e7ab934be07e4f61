package io.timetether.scheduling.http;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is calling, as far as this service knows. A token proves (issuer, subject); all the rest is our own table's. */
public sealed interface Caller {

    /** Looks after the installation: organisations and plans, nothing inside an organisation. */
    record Operator(UUID personId) implements Caller {}

    /** Belongs to exactly one organisation; every query of theirs carries it. */
    record Member(
            UUID personId,
            UUID organisationId,
            Role role,
            @Nullable UUID staffId) implements Caller {

        public boolean isAdmin() {
            return role == Role.ADMIN;
        }

        /** True for the staff member themself and for administrators. */
        public boolean mayManage(UUID someStaffId) {
            return isAdmin() || someStaffId.equals(staffId);
        }

        /** Refuses with 403 whoever may not manage this staff member's appointments and time off. */
        public void mustManage(UUID someStaffId) {
            if (!mayManage(someStaffId)) {
                throw ProblemType.NOT_ALLOWED.because(
                        "Staff manage their own appointments and time off only; ask an administrator.");
            }
        }
    }
}
