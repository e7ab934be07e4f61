package io.timetether.localrun.parts;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program to start.
 *
 * @param name what a person calls it; also the name of its log
 * @param jar started with {@code java -jar}
 * @param environment added to what it inherits
 * @param readiness answers 200 when the part can work
 */
public record Part(String name, Path jar, List<String> jvmOptions, Map<String, String> environment, URI readiness) {

    /** The same program once more, on another port of this machine. */
    Part beside(int port, Map<String, String> different) {
        Map<String, String> own = new HashMap<>(environment);
        own.put("TIMETETHER_HTTP_PORT", Integer.toString(port));
        own.putAll(different);
        URI there = URI.create(readiness.getScheme() + "://" + readiness.getHost() + ":" + port + readiness.getPath());
        return new Part(name + "-" + port, jar, jvmOptions, own, there);
    }
}
