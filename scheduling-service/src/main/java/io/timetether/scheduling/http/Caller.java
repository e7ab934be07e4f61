package io.timetether.scheduling.http;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is calling, as far as this service knows. A token proves (issuer, subject); all the rest is our own table's. */
public sealed interface Caller {

    /** Looks after the installation: organisations and plans, nothing inside an organisation. */
    record Operator(UUID personId) implements Caller {

        /** How the audit log names this person. */
        public String actor() {
            return "operator:" + personId;
        }
    }

    /** Belongs to exactly one organisation; every query of theirs carries it. */
    record Member(
            UUID personId,
            UUID organisationId,
            Role role,
            @Nullable UUID staffId) implements Caller {

        /** How the history and the audit log name this person. */
        public String actor() {
            return "person:" + personId;
        }

        public boolean isAdmin() {
            return role == Role.ADMIN;
        }

        /** True for the staff member themself and for administrators. */
        public boolean mayManage(UUID someStaffId) {
            return isAdmin() || someStaffId.equals(staffId);
        }

        /** As {@link #mustManage}; where no staff member is named, it can be any, so only an administrator may. */
        public void mustManageOrBeAdmin(@Nullable UUID someStaffId) {
            if (someStaffId != null) {
                mustManage(someStaffId);
            } else if (!isAdmin()) {
                throw ProblemType.NOT_ALLOWED.because("Name yourself as staffId, or ask an administrator.");
            }
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
