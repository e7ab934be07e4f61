package io.timetether.gateway.identity;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a sign-in.
 *
 * @param name how the identity provider calls the person; never used to decide anything
 * @param tokens what it handed out
 * @param accessExpiresAt until when the services accept the access token
 * @param expiresAt when the session ends at the latest
 */
record Session(String name, Tokens tokens, Instant accessExpiresAt, Instant expiresAt) {

    /**
     * @param idToken for signing out at the identity provider
     * @param accessToken for the services
     * @param refreshToken for a new access token; absent where the identity provider gives none
     */
    record Tokens(
            String idToken, String accessToken, @Nullable String refreshToken) {
        @Override
        public String toString() {
            return "Tokens[…]";
        }
    }

    String toText() {
        return new JsonObject()
                .put("name", name)
                .put("idToken", tokens.idToken())
                .put("accessToken", tokens.accessToken())
                .put("refreshToken", tokens.refreshToken())
                .encode();
    }

    static Session of(String text, Instant accessExpiresAt, Instant expiresAt) {
        JsonObject json = new JsonObject(text);
        return new Session(
                json.getString("name"),
                new Tokens(json.getString("idToken"), json.getString("accessToken"), json.getString("refreshToken")),
                accessExpiresAt,
                expiresAt);
    }
}
