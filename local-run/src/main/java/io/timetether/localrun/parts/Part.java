package io.timetether.localrun.parts;

import java.net.URI;
import java.nio.file.Path;
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
public record Part(String name, Path jar, List<String> jvmOptions, Map<String, String> environment, URI readiness) {}
