package io.timetether.systemtests.deployment;

import static io.timetether.systemtests.deployment.Sources.map;
import static io.timetether.systemtests.deployment.Sources.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** The manifests agree with the services, and keep to what the restricted security profile asks for. */
class KubernetesTest {

    private static final String FOLDER = "deploy/kubernetes/";

    @ParameterizedTest
    @CsvSource({"scheduling, scheduling-service", "calendar-sync, calendar-sync-service", "gateway, gateway"})
    void aServiceIsToldOnlyWhatItReads(String name, String module) {
        Set<String> told = new TreeSet<>();
        at(container(name), "env").forEach(entry -> told.add(entry.get("name").toString()));
        // The secret's variables stand at the head of the file.
        told.addAll(Sources.find("(TIMETETHER_[A-Z_]+)", head(name)));
        Map<String, Object> base = Sources.yaml(FOLDER + "kustomization.yaml");
        at(base, "configMapGenerator").stream()
                .filter(map -> refersTo(name, map.get("name").toString()))
                .forEach(map -> texts(map.get("literals")).forEach(literal -> told.add(literal.split("=")[0])));

        Set<String> read = new TreeSet<>(Sources.readBy(module));
        read.add("TIMETETHER_IDENTITY_GATEWAY_CLIENT_ID");
        assertThat(read).containsAll(told);
        assertThat(told).contains("TIMETETHER_DATABASE_URL", "TIMETETHER_IDENTITY_URL", "TIMETETHER_PUBLIC_URL");
    }

    @ParameterizedTest
    @CsvSource({"scheduling, scheduling-service", "calendar-sync, calendar-sync-service", "gateway, gateway"})
    void portsAndProbesAreTheServices(String name, String module) {
        int port = Integer.parseInt(Sources.portOf(module));

        assertThat(at(container(name), "ports").getFirst()).containsEntry("containerPort", port);
        assertThat(at(map(of(name, "Service").get("spec")), "ports").getFirst()).containsEntry("port", port);
        assertThat(container(name).get("image")).isEqualTo("timetether/" + module);
        for (String probe : List.of("startup", "liveness", "readiness")) {
            Map<String, Object> asks =
                    map(map(container(name).get(probe + "Probe")).get("httpGet"));
            assertThat(asks.get("path").toString()).isIn("/q/health/started", "/q/health/live", "/q/health/ready");
        }
    }

    @ParameterizedTest
    @CsvSource({"scheduling", "calendar-sync", "gateway"})
    void aNewVersionTakesOverWithoutAStop(String name) {
        Map<String, Object> spec = map(of(name, "Deployment").get("spec"));
        Map<String, Object> pod = map(map(spec.get("template")).get("spec"));

        assertThat((int) spec.get("replicas")).isGreaterThan(1);
        assertThat(map(map(spec.get("strategy")).get("rollingUpdate"))).containsEntry("maxUnavailable", 0);
        assertThat(map(of(name, "PodDisruptionBudget").get("spec"))).containsEntry("minAvailable", 1);
        assertThat(map(pod.get("securityContext"))).containsEntry("runAsNonRoot", true);
        assertThat(map(container(name).get("securityContext")))
                .containsEntry("readOnlyRootFilesystem", true)
                .containsEntry("allowPrivilegeEscalation", false)
                .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
        int wait = Integer.parseInt(
                texts(map(map(map(container(name).get("lifecycle")).get("preStop"))
                                        .get("exec"))
                                .get("command"))
                        .getLast());
        int running = Integer.parseInt(Sources.find(
                        "^quarkus\\.shutdown\\.timeout=(\\d+)S",
                        Sources.text(
                                map(container(name)).get("image").toString().replace("timetether/", "")
                                        + "/src/main/resources/application.properties"))
                .iterator()
                .next());
        assertThat((int) pod.get("terminationGracePeriodSeconds")).isGreaterThan(wait + running);
    }

    @Test
    void everyFileIsPartOfTheBase() {
        assertThat(texts(Sources.yaml(FOLDER + "kustomization.yaml").get("resources")))
                .contains("scheduling.yaml", "calendar-sync.yaml", "gateway.yaml", "network.yaml", "namespace.yaml")
                .allSatisfy(file -> assertThat(Sources.path(FOLDER + file)).exists());
    }

    private static boolean refersTo(String name, String configuration) {
        return at(container(name), "envFrom").stream()
                .anyMatch(from -> from.containsKey("configMapRef")
                        && map(from.get("configMapRef")).get("name").equals(configuration));
    }

    private static String head(String name) {
        String text = Sources.text(FOLDER + name + ".yaml");
        return text.substring(0, text.indexOf("apiVersion"));
    }

    private static Map<String, Object> container(String name) {
        Map<String, Object> template =
                map(map(of(name, "Deployment").get("spec")).get("template"));
        return at(map(template.get("spec")), "containers").getFirst();
    }

    private static Map<String, Object> of(String name, String kind) {
        List<Map<String, Object>> all = new ArrayList<>();
        new Yaml().loadAll(Sources.text(FOLDER + name + ".yaml")).forEach(document -> all.add(map(document)));
        return all.stream()
                .filter(document -> document.get("kind").equals(kind))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> at(Map<String, Object> where, String name) {
        return (List<Map<String, Object>>) where.getOrDefault(name, List.of());
    }
}
