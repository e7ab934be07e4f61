package io.timetether.scheduling.http;

import java.util.List;
import java.util.Locale;

/** Every way in which this service says no. The page {@code /problems/{slug}} explains each; a test compares the two. */
public enum ProblemType {
    INVALID_REQUEST(400, "The request is not valid"),
    IDEMPOTENCY_KEY_MISSING(400, "The header Idempotency-Key is missing"),
    SIGN_IN_REQUIRED(401, "Sign in first"),
    INVALID_CLIENT(401, "The client is not known, or its secret is wrong"),
    INSUFFICIENT_SCOPE(403, "The token's scopes do not allow this"),
    NOT_INVITED(403, "This sign-in belongs to nobody here"),
    NOT_ALLOWED(403, "You may not do this"),
    NOT_FOUND(404, "There is no such thing"),
    PERSON_UNKNOWN(404, "No person has this sign-in"),
    FEED_UNKNOWN(404, "There is no such feed"),
    INVITATION_UNKNOWN(404, "There is no such invitation"),
    METHOD_NOT_ALLOWED(405, "This method is not possible here"),
    NOT_ACCEPTABLE(406, "This representation is not available"),
    ALREADY_BOUND(409, "This sign-in belongs to a person already"),
    ALREADY_EXISTS(409, "This exists already"),
    APPOINTMENTS_TO_COME(409, "There are appointments to come"),
    CUT_OFF_PASSED(409, "It is too late to change this booking online"),
    DAY_FULL(409, "No more appointments of this kind on this day"),
    EXTERNAL_ENTRY_READ_ONLY(409, "This entry comes from an outside calendar"),
    FENCE_OVERTAKEN(409, "A newer run has taken over"),
    FEED_OF_ANOTHER_STAFF_MEMBER(409, "The feed belongs to another staff member"),
    ILLEGAL_TRANSITION(409, "The status cannot change like this"),
    NOT_OFFERED(409, "The staff member does not offer this service"),
    OFF_GRID(409, "The start does not fit the service's grid"),
    OUTSIDE_WORKING_HOURS(409, "The time lies outside working hours"),
    CALENDAR_UNKNOWN(409, "The staff member's outside calendar is not known for this time"),
    REQUEST_IN_PROGRESS(409, "A request with this key is in progress"),
    SLOT_TAKEN(409, "This time is no longer free"),
    TOO_FAR_AHEAD(409, "The time lies beyond the booking horizon"),
    TOO_LATE(409, "It is too late to book this time"),
    CURSOR_EXPIRED(410, "The cursor is no longer valid"),
    ERASED(410, "This has been erased"),
    INVITATION_EXPIRED(410, "The invitation has expired"),
    PRECONDITION_FAILED(412, "It was changed in the meantime"),
    LENGTH_REQUIRED(411, "A form has to say how long it is"),
    PAYLOAD_TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "This media type is not understood here"),
    IDEMPOTENCY_KEY_REUSED(422, "The key was used for another request"),
    PRECONDITION_REQUIRED(428, "The header If-Match is missing"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    INTERNAL_ERROR(500, "Something went wrong here"),
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
