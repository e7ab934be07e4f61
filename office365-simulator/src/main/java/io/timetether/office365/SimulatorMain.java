package io.timetether.office365;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Starts a stand-in from the environment: {@code SIMULATOR_PORT} (8090), {@code SIMULATOR_BIND} (127.0.0.1), {@code SIMULATOR_DATA}
 * (a folder; without it, memory only), {@code SIMULATOR_ORIGIN} (the origin that clients use), {@code SIMULATOR_CLIENT_ID}, {@code
 * SIMULATOR_CLIENT_SECRET}, {@code SIMULATOR_REDIRECT_URIS} (comma list).
 */
public final class SimulatorMain {

    private SimulatorMain() {}

    public static void main(String[] arguments) {
        Office365Simulator simulator = Office365Simulator.start(settings(System.getenv()));
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "stop"));
        System.out.println("Office 365 simulator: " + simulator.origin() + "/");
    }

    static SimulatorSettings settings(Map<String, String> environment) {
        SimulatorSettings defaults = SimulatorSettings.forTests();
        String data = environment.getOrDefault("SIMULATOR_DATA", "");
        String origin = environment.getOrDefault("SIMULATOR_ORIGIN", "");
        String redirects =
                environment.getOrDefault("SIMULATOR_REDIRECT_URIS", String.join(",", defaults.redirectUris()));
        return defaults.withPort(Integer.parseInt(environment.getOrDefault("SIMULATOR_PORT", "8090")))
                .withBindAddress(environment.getOrDefault("SIMULATOR_BIND", defaults.bindAddress()))
                .withDataFolder(data.isEmpty() ? null : Path.of(data))
                .withPublicOrigin(origin.isEmpty() ? null : origin)
                .withApplication(
                        environment.getOrDefault("SIMULATOR_CLIENT_ID", defaults.clientId()),
                        environment.getOrDefault("SIMULATOR_CLIENT_SECRET", defaults.clientSecret()),
                        Arrays.stream(redirects.split(","))
                                .map(String::trim)
                                .filter(uri -> !uri.isEmpty())
                                .toList());
    }
}
