package io.timetether.calendarsync.http;

import java.util.List;
import java.util.Locale;

/** Every way in which this service says no. The page {@code /problems/{slug}} explains each; a test compares the two. */
public enum ProblemType {
    INVALID_REQUEST(400, "The request is not valid"),
    SIGN_IN_REQUIRED(401, "Sign in first"),
    NOT_INVITED(403, "This sign-in belongs to nobody here"),
    NOT_ALLOWED(403, "You may not do this"),
    INSUFFICIENT_SCOPE(403, "The token's scopes do not allow this"),
    BROWSER_SESSION_REQUIRED(403, "Connecting a calendar needs a browser"),
    PLAN_UPGRADE_REQUIRED(403, "Calendar sync is not part of your plan"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "This method is not possible here"),
    NOT_ACCEPTABLE(406, "This representation is not available"),
    ALREADY_EXISTS(409, "This exists already"),
    CALENDAR_NOT_WRITABLE(409, "This calendar cannot be written to"),
    CONNECTION_NOT_ACTIVE(409, "The connection is not active"),
    FEED_STOPPED(409, "The feed has been stopped"),
    FEED_NOT_RUNNING(409, "The feed is not running"),
    NOTHING_HELD(409, "No removals are held"),
    REQUEST_IN_PROGRESS(409, "A request with this key is in progress"),
    PRECONDITION_FAILED(412, "It was changed in the meantime"),
    LENGTH_REQUIRED(411, "A form has to say how long it is"),
    PAYLOAD_TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "This media type is not understood here"),
    IDEMPOTENCY_KEY_REUSED(422, "The key was used for another request"),
    PRECONDITION_REQUIRED(428, "The header If-Match is missing"),
    INTERNAL_ERROR(500, "Something went wrong here"),
    OFFICE365_UNAVAILABLE(503, "Office 365 does not answer right now"),
    IDENTITY_UNKNOWN(503, "It is not known right now who you are"),
    PLAN_UNKNOWN(503, "The plan of your organisation is not known right now"),
    TEMPORARILY_UNAVAILABLE(503, "Not possible right now");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** This refusal, with a sentence for this case: what is wrong, and what would help. */
    public ProblemException because(String detail) {
        return new ProblemException(Problem.of(this, detail));
    }

    /** A request that names one wrong field. */
    public static ProblemException invalid(String field, String message) {
        return new ProblemException(Problem.invalid(List.of(new Violation(field, message))));
    }
}
