package io.timetether.calendarsync.identity;

import com.microsoft.aad.msal4j.AuthenticationErrorCode;
import com.microsoft.aad.msal4j.InteractionRequiredExceptionReason;
import com.microsoft.aad.msal4j.MsalClientException;
import com.microsoft.aad.msal4j.MsalInteractionRequiredException;
import com.microsoft.aad.msal4j.MsalServiceException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a failed call of msal4j means. Decided by {@code error} and {@code suberror} alone: Microsoft says never to branch
 * on descriptions or AADSTS numbers (docs/graph-notes.md).
 */
sealed interface MsalFailure {

    /** The person has to do something: sign in again, consent, pass a second factor. */
    record Interaction(String code, @Nullable String claims, Need need) implements MsalFailure {}

    /** This installation's registration is wrong. */
    record Registration(String code, String detail) implements MsalFailure {}

    /** Anything that may pass by itself. */
    record Passing(String cause) implements MsalFailure {}

    /** What the person has to do. */
    enum Need {
        SIGN_IN,
        CONSENT
    }

    Set<String> INTERACTION =
            Set.of("interaction_required", "consent_required", "login_required", "access_denied", "invalid_grant");

    Set<String> REGISTRATION = Set.of(
            "invalid_client",
            "unauthorized_client",
            "invalid_request",
            "invalid_scope",
            "invalid_resource",
            "invalid_instance",
            "unsupported_grant_type",
            "unsupported_response_type");

    static MsalFailure of(Throwable thrown) {
        if (thrown instanceof MsalInteractionRequiredException needed) {
            boolean consent = needed.reason() == InteractionRequiredExceptionReason.CONSENT_REQUIRED;
            return new Interaction(
                    text(needed.errorCode()), blankToNull(needed.claims()), consent ? Need.CONSENT : Need.SIGN_IN);
        }
        if (thrown instanceof MsalServiceException service) {
            Integer status = service.statusCode();
            String code = text(service.errorCode());
            if (status != null && (status >= 500 || status == 429 || status == 408)) {
                return new Passing("Microsoft's sign-in service answered " + status);
            }
            if (INTERACTION.contains(code)) {
                Need need = code.equals("consent_required") ? Need.CONSENT : Need.SIGN_IN;
                return new Interaction(code, blankToNull(service.claims()), need);
            }
            if (REGISTRATION.contains(code)) {
                return new Registration(code, firstLine(service.getMessage()));
            }
            return new Passing("Microsoft's sign-in service answered " + (code.isEmpty() ? "an error" : code));
        }
        if (thrown instanceof MsalClientException client
                && AuthenticationErrorCode.CACHE_MISS.equals(client.errorCode())) {
            return new Interaction(AuthenticationErrorCode.CACHE_MISS, null, Need.SIGN_IN);
        }
        return new Passing(thrown.getClass().getSimpleName() + ": " + firstLine(thrown.getMessage()));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static @Nullable String blankToNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }

    /** Descriptions run over several lines with trace ids; the first says it all. */
    private static String firstLine(@Nullable String message) {
        return message == null ? "no details" : message.lines().findFirst().orElse("no details");
    }
}
