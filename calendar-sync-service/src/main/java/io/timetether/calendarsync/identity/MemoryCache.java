package io.timetether.calendarsync.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.aad.msal4j.ITokenCacheAccessAspect;
import com.microsoft.aad.msal4j.ITokenCacheAccessContext;
import org.jspecify.annotations.Nullable;

/**
 * The token cache of one connection for the time of one call. msal4j merges what it loads into what it holds and never
 * forgets, so a shared application object would write one person's refresh token into another's row (docs/graph-notes.md):
 * here each call has its own application and its own cache.
 */
final class MemoryCache implements ITokenCacheAccessAspect {

    private static final ObjectMapper JSON = new ObjectMapper();

    private @Nullable String json;
    private boolean changed;

    MemoryCache(@Nullable String json) {
        this.json = json;
    }

    @Override
    public synchronized void beforeCacheAccess(ITokenCacheAccessContext context) {
        String held = json;
        if (held != null) {
            context.tokenCache().deserialize(held);
        }
    }

    @Override
    public synchronized void afterCacheAccess(ITokenCacheAccessContext context) {
        if (context.hasCacheChanged()) {
            json = context.tokenCache().serialize();
            changed = true;
        }
    }

    synchronized @Nullable String json() {
        return json;
    }

    /** The refresh token within the cache; each cache holds one account's alone. */
    synchronized @Nullable String refreshToken() {
        String held = json;
        if (held == null) {
            return null;
        }
        try {
            for (JsonNode entry : JSON.readTree(held).path("RefreshToken")) {
                String secret = entry.path("secret").asText();
                if (!secret.isEmpty()) {
                    return secret;
                }
            }
            return null;
        } catch (JsonProcessingException notMsals) {
            return null;
        }
    }

    synchronized boolean changed() {
        return changed;
    }
}
