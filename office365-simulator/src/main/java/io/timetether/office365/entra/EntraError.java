package io.timetether.office365.entra;

import io.timetether.office365.fault.Trouble;

/** A request that Entra refuses, with its AADSTS number. Thrown before anything was changed. */
final class EntraError extends RuntimeException {

    final int status;
    final String error;
    final int number;
    final String suberror;

    EntraError(int status, String error, int number, String text) {
        this(status, error, number, text, "");
    }

    EntraError(int status, String error, int number, String text, String suberror) {
        super("AADSTS" + number + ": " + text, null, false, false);
        this.status = status;
        this.error = error;
        this.number = number;
        this.suberror = suberror;
    }

    String text() {
        return String.valueOf(getMessage());
    }

    /** A trouble that was ordered for the token endpoint. */
    static EntraError of(Trouble trouble) {
        return switch (trouble) {
            case SIGN_IN_UNAVAILABLE -> new EntraError(trouble.number(), "", 0, trouble.text());
            case SECRET_EXPIRED -> new EntraError(401, trouble.code(), trouble.number(), trouble.text());
            case MULTI_FACTOR_REQUIRED, INTERACTION_REQUIRED ->
                new EntraError(400, trouble.code(), trouble.number(), trouble.text(), "basic_action");
            case CONSENT_WITHDRAWN ->
                new EntraError(400, trouble.code(), trouble.number(), trouble.text(), "consent_required");
            default -> new EntraError(400, trouble.code(), trouble.number(), trouble.text());
        };
    }

    /** Whether the caller has to hand claims to the next sign-in. */
    boolean asksForClaims() {
        return suberror.equals("basic_action");
    }

    static EntraError invalidGrant(int number, String text) {
        return new EntraError(400, "invalid_grant", number, text);
    }

    static EntraError invalidRequest(int number, String text) {
        return new EntraError(400, "invalid_request", number, text);
    }
}
