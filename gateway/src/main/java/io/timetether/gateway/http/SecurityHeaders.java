package io.timetether.gateway.http;

import io.timetether.gateway.configuration.GatewayConfiguration;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What every answer says to browsers about how little it may do. A page that needs more (the API's documentation) has
 * said so itself before, and is not overruled.
 *
 * @param values by name
 */
record SecurityHeaders(Map<CharSequence, CharSequence> values) {

    static SecurityHeaders of(GatewayConfiguration configuration) {
        Map<String, String> values = new LinkedHashMap<>();
        // Signing out is a form that ends at the identity provider: browsers apply form-action to the redirect as well.
        values.put(
                "Content-Security-Policy",
                "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self' "
                        + originOf(URI.create(configuration.identityUrl())));
        values.put("X-Content-Type-Options", "nosniff");
        values.put("X-Frame-Options", "DENY");
        values.put("Referrer-Policy", "same-origin");
        values.put("Cross-Origin-Opener-Policy", "same-origin");
        values.put("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        if ("https".equals(configuration.publicUrl().getScheme())) {
            values.put("Strict-Transport-Security", "max-age=31536000");
        }
        // In the form that is written without looking at each letter again, with every answer.
        Map<CharSequence, CharSequence> ready = new LinkedHashMap<>();
        values.forEach(
                (name, value) -> ready.put(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value)));
        return new SecurityHeaders(ready);
    }

    void putInto(MultiMap headers) {
        values.forEach((name, value) -> {
            if (!headers.contains(name)) {
                headers.set(name, value);
            }
        });
    }

    private static String originOf(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }
}
