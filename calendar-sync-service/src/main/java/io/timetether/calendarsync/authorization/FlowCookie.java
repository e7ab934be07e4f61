package io.timetether.calendarsync.authorization;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The cookie by which the browser that began a sign-in is known again. */
@ApplicationScoped
class FlowCookie {

    static final String NAME = "tt_flow";

    private final boolean secure;

    FlowCookie(@ConfigProperty(name = "timetether.public-url") String publicUrl) {
        this.secure = publicUrl.startsWith("https:");
    }

    NewCookie of(String value) {
        return cookie(value, (int) AuthorizationFlow.LIFETIME.toSeconds());
    }

    NewCookie gone() {
        return cookie("", 0);
    }

    private NewCookie cookie(String value, int maxAge) {
        return new NewCookie.Builder(NAME)
                .value(value)
                .path("/oauth/microsoft")
                .maxAge(maxAge)
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}
