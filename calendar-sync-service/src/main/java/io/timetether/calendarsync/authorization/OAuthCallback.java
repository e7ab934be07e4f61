package io.timetether.calendarsync.authorization;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.timetether.calendarsync.http.Caller;
import io.timetether.calendarsync.http.Callers;
import io.timetether.calendarsync.http.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Where Microsoft sends the browser back to. Its POST comes from another site, without the session cookie, so it only
 * stores the code and redirects; the code is redeemed in the GET that follows, where session and flow cookie are present.
 */
@Path("/oauth/microsoft")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class OAuthCallback {

    private static final int LONGEST = 8_000;

    private final Connecting connecting;
    private final Callers callers;
    private final FlowCookie flowCookie;
    private final String publicUrl;

    OAuthCallback(
            Connecting connecting,
            Callers callers,
            FlowCookie flowCookie,
            @ConfigProperty(name = "timetether.public-url") String publicUrl) {
        this.connecting = connecting;
        this.callers = callers;
        this.flowCookie = flowCookie;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
    }

    @POST
    @Path("callback")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response posted(
            @FormParam("state") @Nullable String state,
            @FormParam("code") @Nullable String code,
            @FormParam("error") @Nullable String error) {
        return answered(state, code, error);
    }

    @GET
    @Path("callback")
    @Operation(hidden = true)
    public Response redirected(
            @QueryParam("state") @Nullable String state,
            @QueryParam("code") @Nullable String code,
            @QueryParam("error") @Nullable String error,
            @QueryParam("admin_consent") @Nullable String adminConsent) {
        if ("true".equalsIgnoreCase(adminConsent) && code == null && error == null) {
            // Nothing is stored or believed: whoever connects next finds out at Microsoft.
            return page(
                    200,
                    "Timetether is approved",
                    "Thank you. The people of your Microsoft organisation can connect their calendars now.");
        }
        return answered(state, code, error);
    }

    private Response answered(@Nullable String state, @Nullable String code, @Nullable String error) {
        boolean usable = state != null
                && !state.isEmpty()
                && state.length() <= LONGEST
                && (code == null || code.length() <= LONGEST)
                && (code != null || error != null);
        if (!usable || state == null) {
            return unknown();
        }
        String shortError = error == null ? null : error.substring(0, Math.min(100, error.length()));
        return connecting
                .answered(state, code, code == null ? shortError : null)
                .map(ticket -> to("/oauth/microsoft/complete?state=" + encoded(state) + "&ticket=" + encoded(ticket)))
                .orElseGet(OAuthCallback::unknown);
    }

    @GET
    @Path("complete")
    @Operation(hidden = true)
    public Response complete(
            @QueryParam("state") @Nullable String state,
            @QueryParam("ticket") @Nullable String ticket,
            @CookieParam(FlowCookie.NAME) @Nullable String cookie) {
        if (state == null || state.length() > LONGEST) {
            return unknown();
        }
        Caller caller;
        try {
            caller = callers.member();
        } catch (ProblemException refused) {
            int status = refused.problem().getStatus();
            return page(
                    status,
                    "The account was not connected",
                    status == 503
                            ? "Timetether cannot check right now who you are. Nothing is lost: reload this page in a moment."
                            : "You are not signed in to Timetether in this browser. Sign in, then connect the account again.");
        }
        return switch (connecting.complete(state, ticket, cookie, caller)) {
            case Connecting.Completed.Unknown unknown -> unknown();
            case Connecting.Completed.Stolen stolen ->
                page(
                        403,
                        "This sign-in was begun elsewhere",
                        "The sign-in at Microsoft was not begun in this browser by you, so nothing was connected. "
                                + "If somebody sent you a link, do not use it. To connect your own calendar, start on "
                                + "your profile page.");
            case Connecting.Completed.Back(
                    String returnTo,
                    UUID connectionId,
                    Connecting.Result result,
                    String reason) ->
                Response.fromResponse(to(returnTo
                                + "?connection="
                                + connectionId
                                + "&outcome="
                                + result.name().toLowerCase(Locale.ROOT)
                                + (reason.isEmpty() ? "" : "&reason=" + encoded(reason))))
                        .cookie(flowCookie.gone())
                        .build();
        };
    }

    private Response to(String path) {
        return Response.status(Response.Status.SEE_OTHER)
                .location(URI.create(publicUrl + path))
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }

    private static Response unknown() {
        return page(
                400,
                "This sign-in has expired",
                "The link was used already, is too old, or was not made by Timetether. Connect the account again.");
    }

    private static Response page(int status, String title, String text) {
        return Response.status(status)
                .entity(Page.html(title, text))
                .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .header("Cache-Control", "no-store")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
