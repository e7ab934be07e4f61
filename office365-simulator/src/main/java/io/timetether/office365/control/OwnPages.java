package io.timetether.office365.control;

import io.javalin.http.Context;
import io.timetether.office365.mailbox.Refusal;
import java.net.URI;
import java.util.Set;

/** Keeps pages of somewhere else from reaching into the mailboxes through the browser of whoever runs the stand-in. */
public final class OwnPages {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private OwnPages() {}

    /**
     * Lets a request pass unless a browser says that it comes from a foreign page.
     *
     * @param origin the stand-in's own
     * @throws Refusal 403
     */
    public static void require(Context context, String origin) {
        String from = context.header("Origin");
        if (from != null && !from.equals(origin) && !sameLoopback(from, origin)) {
            throw new Refusal(
                    403,
                    "ForeignPage",
                    "Only the stand-in's own pages may call this from a browser; open it as " + origin + "/.");
        }
    }

    /** On this machine {@code localhost} and {@code 127.0.0.1} are the same server, whichever the person typed. */
    private static boolean sameLoopback(String from, String origin) {
        try {
            URI one = URI.create(from);
            URI other = URI.create(origin);
            return one.getHost() != null
                    && other.getHost() != null
                    && LOOPBACK.contains(one.getHost())
                    && LOOPBACK.contains(other.getHost())
                    && one.getPort() == other.getPort()
                    && other.getScheme().equals(one.getScheme());
        } catch (IllegalArgumentException noOrigin) {
            return false;
        }
    }
}
