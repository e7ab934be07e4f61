package io.timetether.systemtests.deployment;

import static io.timetether.systemtests.deployment.Sources.map;
import static io.timetether.systemtests.deployment.Sources.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.localrun.StandIns;
import io.timetether.localrun.product.DemoPeople;
import io.timetether.office365.SimulatorMain;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docker-compose.yml, Dockerfile and the two environment files agree with each other and with the programs. */
class ComposeTest {

    private static final String SETTING = "\\$\\{([A-Z][A-Z0-9_]*)";
    /** Told to every service alike, so that nobody has to know which of them needs it in this version. */
    private static final Set<String> FOR_ALL =
            Set.of("TIMETETHER_PUBLIC_URL", "TIMETETHER_IDENTITY_GATEWAY_CLIENT_ID", "TIMETETHER_IDENTITY_AUDIENCE");

    private final Map<String, Object> compose = Sources.yaml("docker-compose.yml");
    private final Map<String, Object> services = map(compose.get("services"));

    @ParameterizedTest
    @ValueSource(strings = {"scheduling", "calendar-sync", "gateway.localhost"})
    void aServiceIsToldOnlyWhatItReads(String name) {
        Set<String> unread = new TreeSet<>(map(service(name).get("environment")).keySet());
        unread.removeAll(Sources.readBy(module(name)));
        unread.removeAll(FOR_ALL);

        assertThat(unread).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduling", "calendar-sync", "gateway.localhost"})
    void aServiceIsToldAllThatHasNoUsualValue(String name) {
        Set<String> needed =
                new TreeSet<>(List.of("DATABASE_URL", "DATABASE_USER", "DATABASE_PASSWORD", "IDENTITY_URL"));
        if (!name.equals("scheduling")) {
            needed.addAll(List.of("SECRET_KEYS", "SCHEDULING_URL"));
        }
        assertThat(map(service(name).get("environment")).keySet())
                .containsAll(needed.stream().map(word -> "TIMETETHER_" + word).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduling", "calendar-sync", "gateway.localhost"})
    void portsAreThoseOnWhichTheServicesListen(String name) {
        String port = Sources.portOf(module(name));

        assertThat(arguments(name)).containsEntry("PORT", port);
        assertThat(check(name)).isEqualTo("healthy " + port + " /q/health/ready");
    }

    @Test
    void servicesFindEachOther() {
        Map<String, Object> gateway = map(service("gateway.localhost").get("environment"));

        assertThat(gateway)
                .containsEntry("TIMETETHER_SCHEDULING_URL", "http://scheduling:" + Sources.portOf("scheduling-service"))
                .containsEntry(
                        "TIMETETHER_CALENDAR_SYNC_URL",
                        "http://calendar-sync:" + Sources.portOf("calendar-sync-service"));
        assertThat(map(service("calendar-sync").get("environment")))
                .containsEntry("TIMETETHER_SCHEDULING_URL", gateway.get("TIMETETHER_SCHEDULING_URL"));
        assertThat(texts(service("gateway.localhost").get("ports")))
                .singleElement()
                .asString()
                .endsWith(":" + Sources.portOf("gateway"));
    }

    @Test
    void eachDatabaseIsMadeForTheServiceThatUsesIt() {
        String script = Sources.text("deploy/postgresql/databases.sh");
        Map<String, Object> server = map(service("postgres").get("environment"));
        for (String name : List.of("scheduling", "calendar-sync", "gateway.localhost")) {
            Map<String, Object> environment = map(service(name).get("environment"));
            String role = environment.get("TIMETETHER_DATABASE_USER").toString();
            String password = role.toUpperCase() + "_DATABASE_PASSWORD";

            assertThat(environment.get("TIMETETHER_DATABASE_URL"))
                    .isEqualTo("jdbc:postgresql://postgres:5432/" + role)
                    .isEqualTo(Sources.find(
                                    "datasource\\.jdbc\\.url=\\$\\{TIMETETHER_DATABASE_URL:(.*)}",
                                    Sources.text(module(name) + "/src/main/resources/application.properties"))
                            .iterator()
                            .next()
                            .replace("localhost:54328", "postgres:5432"));
            assertThat(script).contains("database " + role + " \"$" + password + "\"");
            assertThat(server.get(password)).isEqualTo(environment.get("TIMETETHER_DATABASE_PASSWORD"));
        }
    }

    @Test
    void everyContainerIsClosedUp() {
        services.forEach((name, service) -> assertThat(map(service))
                .as(name)
                .containsEntry("read_only", true)
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("security_opt", List.of("no-new-privileges:true"))
                .containsEntry("restart", "unless-stopped")
                .containsKeys("mem_limit", "cpus", "pids_limit", "healthcheck"));
        assertThat(Sources.text("Dockerfile")).containsPattern("(?m)^USER [1-9]\\d*:[1-9]\\d*$");
    }

    @Test
    void noSecretStandsInTheFile() {
        services.forEach((name, service) -> map(map(service).get("environment")).forEach((variable, value) -> {
            // One without a value is taken from the environment as it is.
            if (value != null && variable.matches(".*(SECRET|PASSWORD|KEYS).*")) {
                assertThat(value.toString()).as(name + " " + variable).matches("\\$\\{[A-Z_]+:\\?.+}");
            }
        }));
    }

    @Test
    void whatHasToBeSetIsInBothEnvironmentFilesAndNothingElse() {
        String file = Sources.text("docker-compose.yml");
        Set<String> needed = Sources.find("\\$\\{([A-Z_]+):\\?", file);

        for (String environment : List.of(".env.example", "deploy/demo.env")) {
            Set<String> given = Sources.find("^([A-Z_]+)=", Sources.text(environment));
            assertThat(given).as(environment).containsAll(needed);
            given.remove("COMPOSE_PROFILES"); // Compose's own
            assertThat(Sources.find(SETTING, file)).as(environment).containsAll(given);
        }
        // Nobody can begin with a value that was forgotten.
        for (String name : needed) {
            assertThat(Sources.text(".env.example")).containsPattern("(?m)^" + name + "=$");
        }
    }

    @Test
    void standInsAreForTheDemoAndForThisMachineAlone() {
        Set<String> standIns = new TreeSet<>();
        services.forEach((name, service) -> {
            if (map(service).containsKey("profiles")) {
                standIns.add(name);
                assertThat(map(service)).as(name).containsEntry("profiles", List.of("demo"));
                assertThat(texts(map(service).get("ports"))).allMatch(port -> port.startsWith("127.0.0.1:"));
            }
        });
        assertThat(standIns).containsExactlyInAnyOrder("identity.localhost", "office365.localhost");
    }

    @Test
    void anOriginOfTheDemoIsTheSameForBrowsersAndContainers() {
        String demo = Sources.text("deploy/demo.env");
        for (String name : List.of("gateway.localhost", "identity.localhost", "office365.localhost")) {
            String port = arguments(name).get("PORT").toString();

            assertThat(demo).contains("http://" + name + ":" + port);
            assertThat(texts(service(name).get("ports")).getFirst())
                    .matches(".*127\\.0\\.0\\.1:" + port + "}?:" + port);
        }
        assertThat(demo).contains("|" + DemoPeople.OLIVIA.subject() + "|");
        assertThat(map(service("identity.localhost").get("environment")))
                .containsEntry("IDENTITY_HOST", "identity.localhost");
    }

    @Test
    void standInsAreToldWhatTheyRead() {
        Map<String, Class<?>> programs =
                Map.of("identity.localhost", StandIns.class, "office365.localhost", SimulatorMain.class);
        programs.forEach((name, program) -> {
            String source = Sources.text(
                    module(name) + "/src/main/java/" + program.getName().replace('.', '/') + ".java");
            map(service(name).get("environment"))
                    .keySet()
                    .forEach(variable -> assertThat(source).as(name).contains('"' + variable + '"'));
        });
        assertThat(texts(service("identity.localhost").get("command"))).containsExactly(StandIns.class.getName());
    }

    @Test
    void imagesAreMadeOfWhatMavenLeaves() {
        String dockerfile = Sources.text("Dockerfile");
        String ignored = Sources.text(".dockerignore");

        assertThat(dockerfile).contains("AS service").contains("AS stand-in");
        services.forEach((name, service) -> {
            if (map(service).containsKey("build")) {
                assertThat(Sources.path(module(name) + "/pom.xml")).as(name).exists();
            }
        });
        for (String module : List.of("office365-simulator", "local-run")) {
            assertThat(Sources.text(module + "/pom.xml")).contains("<finalName>" + module + "</finalName>");
            assertThat(ignored).contains("!" + module + "/target/" + module + ".jar");
        }
        // A tag of the base image that says exactly what is in it, and no download while building.
        assertThat(dockerfile)
                .containsPattern("(?m)^FROM eclipse-temurin:25\\.\\d+\\.\\d+_\\d+-jre-\\w+ AS base$")
                .doesNotContainPattern("(?m)^RUN .*(apt|curl|wget|mvn)");
    }

    private Map<String, Object> service(String name) {
        return map(services.get(name));
    }

    private Map<String, Object> arguments(String name) {
        return map(map(service(name).get("build")).get("args"));
    }

    private String module(String name) {
        return arguments(name).get("MODULE").toString();
    }

    private String check(String name) {
        return texts(map(service(name).get("healthcheck")).get("test")).getLast();
    }
}
