package io.timetether.office365.mailbox;

/**
 * A request that Exchange refuses. It is thrown from any depth, because the stand-in, like the real thing, gives up at once and
 * answers with one code; nothing has been changed when it is thrown.
 */
public final class Refusal extends RuntimeException {

    private final int status;
    private final String code;

    public Refusal(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String text() {
        return String.valueOf(getMessage());
    }

    public static Refusal itemNotFound() {
        return new Refusal(404, "ErrorItemNotFound", "The specified object was not found in the store.");
    }

    public static Refusal malformedId() {
        return new Refusal(400, "ErrorInvalidIdMalformed", "Id is malformed.");
    }

    public static Refusal failedValidation(String why) {
        return new Refusal(400, "ErrorPropertyValidationFailure", "At least one property failed validation. " + why);
    }

    public static Refusal invalidRequest(String why) {
        return new Refusal(400, "ErrorInvalidRequest", why);
    }

    public static Refusal accessDenied() {
        return new Refusal(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
    }
}
