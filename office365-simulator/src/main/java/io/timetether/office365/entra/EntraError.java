package io.timetether.office365.entra;

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

    static EntraError invalidGrant(int number, String text) {
        return new EntraError(400, "invalid_grant", number, text);
    }

    static EntraError invalidRequest(int number, String text) {
        return new EntraError(400, "invalid_request", number, text);
    }
}
