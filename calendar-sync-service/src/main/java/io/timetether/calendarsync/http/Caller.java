package io.timetether.calendarsync.http;

import io.timetether.calendarsync.scheduling.Role;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling: a member of an organisation. The token proves (issuer, subject); the rest is what scheduling-service
 * says about them. Every query is fenced by {@code organisationId}.
 *
 * @param staffId who they are as staff; an administrator need not be one
 * @param client  the client that obtained the token: the gateway's own means a browser session
 */
public record Caller(
        UUID personId,
        UUID organisationId,
        Role role,
        @Nullable UUID staffId,
        String issuer,
        String subject,
        Client client) {

    /** How the caller came here. */
    public enum Client {
        BROWSER_SESSION,
        BEARER
    }

    /** Administrators see every staff member's calendars, staff their own. */
    public boolean mayManage(UUID someStaffId) {
        return role == Role.ADMIN || someStaffId.equals(staffId);
    }

    /** Refuses with 403 whoever may not manage this staff member's calendars. */
    public void mustManage(UUID someStaffId) {
        if (!mayManage(someStaffId)) {
            throw ProblemType.NOT_ALLOWED.because("Staff manage their own calendars only; ask an administrator.");
        }
    }

    /** Whose calendars a list is limited to: the one asked for, or all that this caller may see (null). */
    public @Nullable UUID staffFilter(@Nullable UUID asked) {
        if (asked != null) {
            mustManage(asked);
            return asked;
        }
        if (role == Role.ADMIN) {
            return null;
        }
        return ownStaff();
    }

    /** The caller's own staff member, or 400 that says to name one. */
    public UUID ownStaff() {
        if (staffId == null) {
            throw ProblemType.invalid("staffId", "You are no staff member yourself: say whose calendar it is.");
        }
        return staffId;
    }
}
