package io.timetether.calendarsync.identity;

import java.net.URI;
import java.util.Locale;

/**
 * The rule for configured Microsoft addresses: an origin and nothing more, over https unless it is on this machine: a
 * loopback address, or a name that RFC 6761 section 6.3 reserves for it.
 */
public final class MicrosoftOrigin {
    private MicrosoftOrigin() {}

    /**
     * Reads a configured origin.
     *
     * @throws IllegalArgumentException naming the setting and what to do, when it is not an origin, or is plain http to
     *     a host that is neither a loopback address nor {@code localhost} nor under {@code .localhost}
     */
    public static URI parse(String setting, String value) {
        URI uri;
        try {
            uri = URI.create(value.strip());
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(setting + " is not an address: " + value, malformed);
        }
        String host = uri.getHost();
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean bare = (uri.getRawPath() == null
                        || uri.getRawPath().isEmpty()
                        || uri.getRawPath().equals("/"))
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getRawUserInfo() == null;
        if (host == null || !(scheme.equals("https") || scheme.equals("http")) || !bare) {
            throw new IllegalArgumentException(
                    setting + " must be an origin like https://graph.microsoft.com, without a path: " + value);
        }
        if (scheme.equals("http") && !isLocal(host)) {
            throw new IllegalArgumentException(setting + " uses plain http to " + host
                    + ": tokens would travel in clear text. Use https, or a loopback address or *.localhost.");
        }
        return URI.create(scheme + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
    }

    private static boolean isLocal(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                // Digits only: 127.0.0.1.example.org is somebody else's machine.
                || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }
}
