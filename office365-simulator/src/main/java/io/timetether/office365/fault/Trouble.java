package io.timetether.office365.fault;

/** What can go wrong on Microsoft's side, by where it shows. The numbers and codes are those that the real service answers. */
public enum Trouble {
    TOKEN_EXPIRED(Place.GRAPH, 401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."),
    /** Continuous access evaluation: 401 with a challenge that names claims. */
    INSUFFICIENT_CLAIMS(
            Place.GRAPH,
            401,
            "InvalidAuthenticationToken",
            "Continuous access evaluation resulted in challenge with result: InteractionRequired."),
    ACCESS_DENIED(Place.GRAPH, 403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."),
    ITEM_NOT_FOUND(Place.GRAPH, 404, "ErrorItemNotFound", "The specified object was not found in the store."),
    MAILBOX_NOT_ENABLED(
            Place.GRAPH, 404, "MailboxNotEnabledForRESTAPI", "REST API is not yet supported for this mailbox."),
    RESOURCE_NOT_FOUND(Place.GRAPH, 404, "ResourceNotFound", "Resource could not be discovered."),
    MALFORMED_ID(Place.GRAPH, 400, "ErrorInvalidIdMalformed", "Id is malformed."),
    INVALID_REQUEST(Place.GRAPH, 400, "ErrorInvalidRequest", "The request is invalid."),
    PROPERTY_VALIDATION(Place.GRAPH, 400, "ErrorPropertyValidationFailure", "At least one property failed validation."),
    DUPLICATE_TRANSACTION(
            Place.GRAPH,
            409,
            "ErrorDuplicateTransactionId",
            "The transaction id has already been used to create a different event."),
    CONFLICT(
            Place.GRAPH,
            412,
            "ErrorIrresolvableConflict",
            "The send or update operation could not be performed because the change key passed in the request does not"
                    + " match the current change key for the item."),
    SYNC_STATE_NOT_FOUND(
            Place.GRAPH, 410, "SyncStateNotFound", "The sync state generation is not found; generation=149;"),
    SYNC_STATE_INVALID(Place.GRAPH, 400, "syncStateInvalid", "The sync state is invalid."),
    RESYNC_REQUIRED(Place.GRAPH, 410, "resyncRequired", "Resync required. Replace any local items."),
    /** With a Retry-After, a decimal one unless another is ordered. */
    THROTTLED(Place.GRAPH, 429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit."),
    /** Without a Retry-After. */
    TOO_MANY_REQUESTS(Place.GRAPH, 429, "TooManyRequests", "Please retry again later."),
    INTERNAL_ERROR(Place.GRAPH, 500, "ErrorInternalServerError", "An internal server error occurred."),
    TRANSIENT_ERROR(
            Place.GRAPH,
            500,
            "ErrorInternalServerTransientError",
            "An internal server error occurred. Try again later."),
    SERVER_BUSY(Place.GRAPH, 503, "ErrorServerBusy", "The server is too busy to process the request."),
    UNKNOWN_ERROR(Place.GRAPH, 504, "UnknownError", ""),
    BANDWIDTH_EXCEEDED(Place.GRAPH, 509, "BandwidthLimitExceeded", "The bandwidth limit has been exceeded."),
    QUOTA_EXCEEDED(Place.GRAPH, 507, "ErrorQuotaExceeded", "The mailbox has reached its quota."),
    /** A page of HTML instead of JSON. */
    GATEWAY_PAGE(Place.GRAPH, 503, "", "Service Unavailable"),
    /** The connection ends without an answer, and nothing was done. */
    DROPPED_BEFORE(Place.GRAPH, 0, "", ""),
    /** The request is carried out, and the connection ends without an answer. */
    DROPPED_AFTER(Place.GRAPH, 0, "", ""),
    /** The answer takes that much longer. Others may come on top. */
    LATE(Place.GRAPH, 0, "", ""),
    /** A page of delta without items, with a link to the same again: ordered once, an empty page; for ever, an endless round. */
    EMPTY_PAGE(Place.GRAPH, 200, "", ""),
    /** A round of delta ends without what has changed, with the same link: the notification came before the data. */
    STALE_DELTA(Place.GRAPH, 200, "", ""),
    /** The answer as it is, but each item comes twice. */
    REPEATED_ITEMS(Place.GRAPH, 200, "", ""),
    /** The answer as it is, but instead of the round's end a link that differs each time and begins the same again. */
    ENDLESS_ROUND(Place.GRAPH, 200, "", ""),
    /** The answer as it is, but without the masters of its occurrences. */
    ORPHANED_OCCURRENCES(Place.GRAPH, 200, "", ""),
    /** The answer as it is, but its link leads to somebody else's host. */
    FOREIGN_LINK(Place.GRAPH, 200, "", ""),

    SESSION_REVOKED(
            Place.TOKEN,
            50173,
            "invalid_grant",
            "The provided grant has expired due to it being revoked, a fresh auth token is needed."),
    REFRESH_TOKEN_EXPIRED(Place.TOKEN, 700082, "invalid_grant", "The refresh token has expired due to inactivity."),
    SIGN_IN_FREQUENCY(
            Place.TOKEN,
            70043,
            "invalid_grant",
            "The refresh token has expired or is invalid due to sign-in frequency checks by conditional access."),
    PASSWORD_CHANGED(
            Place.TOKEN, 50133, "invalid_grant", "Session is invalid due to expiration or recent password change."),
    MULTI_FACTOR_REQUIRED(
            Place.TOKEN, 50076, "invalid_grant", "You must use multi-factor authentication to access this resource."),
    /** Conditional Access; the error is another one than invalid_grant, and there are claims. */
    INTERACTION_REQUIRED(
            Place.TOKEN,
            53003,
            "interaction_required",
            "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance."),
    CONSENT_WITHDRAWN(
            Place.TOKEN, 65001, "invalid_grant", "The user or administrator has not consented to use the application."),
    USER_DISABLED(Place.TOKEN, 50057, "invalid_grant", "The user account is disabled."),
    USER_GONE(Place.TOKEN, 50034, "invalid_grant", "The user account does not exist in the directory."),
    SECRET_EXPIRED(
            Place.TOKEN, 7000222, "invalid_client", "The provided client secret keys for the application are expired."),
    CLIENT_LOOP(
            Place.TOKEN,
            50196,
            "invalid_request",
            "The server terminated an operation because it encountered a client request loop."),
    /** The token endpoint answers a page of HTML, with 503. */
    SIGN_IN_UNAVAILABLE(Place.TOKEN, 503, "", "Service Unavailable"),
    /** A refresh answers no new refresh token; the old one stays. */
    NOT_ROTATED(Place.TOKEN, 200, "", ""),

    /** People may not consent for themselves; lifted by the administrators' consent. */
    ADMIN_APPROVAL(Place.SIGN_IN, 90094, "consent_required", "The grant requires administrator permission."),
    CONDITIONAL_ACCESS(
            Place.SIGN_IN, 53003, "access_denied", "Access has been blocked by Conditional Access policies."),

    LOST(Place.NOTIFICATION, 0, "", ""),
    DELAYED(Place.NOTIFICATION, 0, "", ""),
    DOUBLED(Place.NOTIFICATION, 0, "", ""),
    /** Beside the true one comes one that does not know the subscription's secret. */
    FORGED(Place.NOTIFICATION, 0, "", "");

    /** Where it shows. */
    public enum Place {
        GRAPH,
        TOKEN,
        SIGN_IN,
        NOTIFICATION
    }

    private final Place place;
    private final int number;
    private final String code;
    private final String text;

    Trouble(Place place, int number, String code, String text) {
        this.place = place;
        this.number = number;
        this.code = code;
        this.text = text;
    }

    public Place place() {
        return place;
    }

    /** The HTTP status in Graph; the AADSTS number in Entra ID. */
    public int number() {
        return number;
    }

    public String code() {
        return code;
    }

    public String text() {
        return text;
    }
}
