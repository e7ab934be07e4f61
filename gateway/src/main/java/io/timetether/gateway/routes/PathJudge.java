package io.timetether.gateway.routes;

import io.timetether.gateway.routes.PathVerdict.Plain;
import io.timetether.gateway.routes.PathVerdict.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Refuses every request target that a proxy and the server behind it could read differently: a path is routed by what we
 * read, and must be served as what we read, or {@code /api/v1/..;/internal} would be a way in. Nothing is repaired; our
 * own paths never need any of it.
 */
public final class PathJudge {

    private PathJudge() {}

    /** Judges the target of a request line: origin form only, that is {@code /path?query}. */
    public static PathVerdict judge(String target) {
        if (target.isEmpty() || target.charAt(0) != '/') {
            return new Refused("The request line must carry a path that begins with a slash.");
        }
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return new Refused("The address contains a character that must be percent-encoded.");
            }
        }
        int query = target.indexOf('?');
        return judgePath(query < 0 ? target : target.substring(0, query));
    }

    private static PathVerdict judgePath(String raw) {
        if (raw.indexOf('\\') >= 0 || raw.indexOf(';') >= 0) {
            return new Refused("The path contains a backslash or a semicolon.");
        }
        if (raw.contains("//")) {
            return new Refused("The path contains an empty segment.");
        }
        String path = raw;
        if (raw.indexOf('%') >= 0) {
            String decoded = decode(raw);
            if (decoded.isEmpty()) {
                return new Refused("The path contains a percent-encoding that is not allowed here.");
            }
            path = decoded;
        }
        if (hasADotSegment(path)) {
            return new Refused("The path contains a dot segment.");
        }
        return new Plain(path);
    }

    private static boolean hasADotSegment(String path) {
        if (!path.contains("/.")) {
            return false; // as nearly all paths
        }
        for (String segment : path.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                return true;
            }
        }
        return false;
    }

    /** The decoded path, or an empty string if an encoding is broken or hides a character with a meaning of its own. */
    private static String decode(String raw) {
        ByteBuffer bytes = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '%') {
                bytes.put((byte) c);
                continue;
            }
            if (i + 2 >= raw.length()) {
                return "";
            }
            int value = Character.digit(raw.charAt(i + 1), 16) << 4 | Character.digit(raw.charAt(i + 2), 16);
            if (value <= ' ' || value == 0x7f || "/\\.%;?#".indexOf(value) >= 0) {
                return "";
            }
            bytes.put((byte) value);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException notUtf8) {
            return "";
        }
    }
}
