package io.timetether.systemtests.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** What the repository's files say about configuration. */
final class Sources {

    private static final Path ROOT =
            Path.of(System.getProperty("timetether.root")).toAbsolutePath();

    private Sources() {}

    static Path path(String path) {
        return ROOT.resolve(path);
    }

    static String text(String path) {
        try {
            return Files.readString(path(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A YAML file as it stands, with no variable replaced. */
    static Map<String, Object> yaml(String path) {
        return new Yaml().load(text(path));
    }

    /** A part of a YAML file that has names. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object part) {
        return (Map<String, Object>) part;
    }

    /** A list of a YAML file, each of its items as it would be written. */
    static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }

    static Set<String> find(String pattern, String text) {
        Set<String> found = new TreeSet<>();
        Pattern.compile(pattern, Pattern.MULTILINE).matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    /** The environment variables that a service reads under our own names. */
    static Set<String> readBy(String module) {
        Set<String> names =
                find("\\$\\{(TIMETETHER_[A-Z_]+)", text(module + "/src/main/resources/application.properties"));
        if (module.equals("gateway")) {
            String mapping = "gateway/src/main/java/io/timetether/gateway/configuration/GatewayConfiguration.java";
            find("^    [A-Z]\\S+ (\\w+)\\(\\);", text(mapping))
                    .forEach(name -> names.add(
                            "TIMETETHER_" + name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT)));
        }
        return names;
    }

    /** The port on which a service listens when nothing else is said. */
    static String portOf(String module) {
        return find(
                        "^quarkus\\.http\\.port=\\$\\{TIMETETHER_HTTP_PORT:(\\d+)}",
                        text(module + "/src/main/resources/application.properties"))
                .iterator()
                .next();
    }
}
