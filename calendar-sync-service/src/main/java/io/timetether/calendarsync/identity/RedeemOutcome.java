package io.timetether.calendarsync.identity;

import org.jspecify.annotations.Nullable;

/** What redeeming an authorization code came to. */
public sealed interface RedeemOutcome {

    /**
     * The account has been connected.
     *
     * @param account     who signed in
     * @param sealedCache to be stored in the row of the connection that it was redeemed for, nowhere else
     */
    record Redeemed(MicrosoftPerson account, String sealedCache) implements RedeemOutcome {

        /** Without the cache: outcomes get logged. */
        @Override
        public String toString() {
            return "Redeemed[" + account + "]";
        }
    }

    /** The person said no. */
    record Declined(String reason) implements RedeemOutcome {}

    /** An administrator of the person's organisation has to approve the app first. */
    record ConsentRequired(String reason) implements RedeemOutcome {}

    /** The code is too old, was used before, or belongs to another sign-in: begin again. */
    record TryAgain(String reason) implements RedeemOutcome {}

    /** Microsoft could not answer now; the code may have been used up, so begin again later. */
    record Unavailable(String cause) implements RedeemOutcome {}

    /** This installation is registered wrongly: for the operator. */
    record Misconfigured(String detail) implements RedeemOutcome {}

    /**
     * A Microsoft account.
     *
     * @param tenantId {@code tid}; with {@code objectId} the key of the account
     * @param objectId {@code oid}; a guest has another one in each tenant
     * @param address  for display only, it changes
     * @param name     for display only
     */
    record MicrosoftPerson(
            String tenantId,
            String objectId,
            @Nullable String address,
            @Nullable String name) {}
}
