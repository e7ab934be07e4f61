package io.timetether.calendarsync.identity;

import java.net.URI;
import java.time.Duration;

/**
 * How this installation is registered with Microsoft.
 *
 * @param loginOrigin  where requests go, without tenant; the authority stays Microsoft's own name for it
 * @param authorityHost the login host of the cloud, which the authority is named after
 * @param tenant       a tenant's id or domain, {@code common} or {@code organizations}
 * @param graphScopePrefix empty for the global cloud; for a national cloud its Graph resource with a trailing slash
 * @param redirectUri  the callback, exactly as registered
 * @param timeout      of one call to Microsoft
 */
public record IdentitySettings(
        URI loginOrigin,
        String authorityHost,
        String tenant,
        String graphScopePrefix,
        String clientId,
        String clientSecret,
        URI redirectUri,
        Duration timeout) {

    /** For the cloud called {@code global}, {@code us}, {@code us-dod} or {@code china}. */
    public static IdentitySettings forCloud(
            String cloud, URI loginOrigin, String tenant, String clientId, String clientSecret, URI redirectUri) {
        return switch (cloud) {
            case "global" ->
                new IdentitySettings(
                        loginOrigin,
                        "login.microsoftonline.com",
                        tenant,
                        "",
                        clientId,
                        clientSecret,
                        redirectUri,
                        TIMEOUT);
            case "us" ->
                new IdentitySettings(
                        loginOrigin,
                        "login.microsoftonline.us",
                        tenant,
                        "https://graph.microsoft.us/",
                        clientId,
                        clientSecret,
                        redirectUri,
                        TIMEOUT);
            case "us-dod" ->
                new IdentitySettings(
                        loginOrigin,
                        "login.microsoftonline.us",
                        tenant,
                        "https://dod-graph.microsoft.us/",
                        clientId,
                        clientSecret,
                        redirectUri,
                        TIMEOUT);
            case "china" ->
                new IdentitySettings(
                        loginOrigin,
                        "login.chinacloudapi.cn",
                        tenant,
                        "https://microsoftgraph.chinacloudapi.cn/",
                        clientId,
                        clientSecret,
                        redirectUri,
                        TIMEOUT);
            default ->
                throw new IllegalArgumentException(
                        "Unknown Microsoft cloud \"" + cloud + "\": use global, us, us-dod or china");
        };
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** Without the secret: settings get logged. */
    @Override
    public String toString() {
        return "IdentitySettings[" + loginOrigin + ", " + tenant + ", " + clientId + "]";
    }
}
