package io.timetether.localrun.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How the product is started on this machine.
 *
 * @param root the repository, where the built programs lie
 * @param data everything that is kept: database, mailboxes, secrets, logs
 * @param ports each on 127.0.0.1
 * @param publicUrl the origin under which browsers reach the gateway
 * @param environment what the services inherit besides what is set for them
 */
public record Settings(
        Path root, Path data, Map<Port, Integer> ports, String publicUrl, Map<String, String> environment) {

    public static final String PUBLIC_URL = "TIMETETHER_PUBLIC_URL";
    public static final String SMTP_HOST = "TIMETETHER_SMTP_HOST";
    public static final String IDENTITY_URL = "TIMETETHER_IDENTITY_URL";
    private static final List<String> MICROSOFT = List.of(
            "TIMETETHER_MICROSOFT_LOGIN_URL", "TIMETETHER_MICROSOFT_GRAPH_URL", "TIMETETHER_MICROSOFT_CLIENT_ID");

    /**
     * From the environment, with the usual ports.
     *
     * @throws IllegalArgumentException naming the variable that cannot be used
     */
    public static Settings of(Path root, Map<String, String> environment) {
        Map<Port, Integer> ports = new EnumMap<>(Port.class);
        for (Port port : Port.values()) {
            ports.put(port, number(port, environment));
        }
        String data = environment.getOrDefault("TIMETETHER_LOCAL_DATA", "");
        String publicUrl = environment.getOrDefault(PUBLIC_URL, "");
        return new Settings(
                root,
                data.isBlank() ? root.resolve(".local-run") : Path.of(data).toAbsolutePath(),
                ports,
                publicUrl.isBlank() ? origin(number(Port.GATEWAY, environment)) : publicUrl.replaceFirst("/+$", ""),
                environment);
    }

    /** For tests: free ports, data in a folder of the caller's, nothing from the environment. */
    public static Settings forTests(Path root, Path data) {
        Map<Port, Integer> ports = new EnumMap<>(Port.class);
        List<Integer> free = freePorts(Port.values().length);
        for (Port port : Port.values()) {
            ports.put(port, free.get(port.ordinal()));
        }
        Map<String, String> environment = Map.of("PATH", System.getenv().getOrDefault("PATH", ""));
        return new Settings(root, data, ports, origin(free.get(Port.GATEWAY.ordinal())), environment);
    }

    public int port(Port port) {
        return ports.getOrDefault(port, port.usual());
    }

    /** The address on this machine; {@link #publicUrl} for the gateway as browsers see it. */
    public String origin(Port port) {
        return origin(port(port));
    }

    /** Whether the environment names Microsoft's own service (or another stand-in), so that ours stays away. */
    public boolean usesRealMicrosoft() {
        return MICROSOFT.stream().anyMatch(name -> isSet(name));
    }

    /** Whether the environment names a mail server, so that ours stays away and messages really go out. */
    public boolean usesRealMail() {
        return isSet(SMTP_HOST);
    }

    /** Whether the environment names an identity provider, so that ours stays away. */
    public boolean usesRealIdentity() {
        return isSet(IDENTITY_URL);
    }

    private boolean isSet(String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }

    private static String origin(int port) {
        return "http://localhost:" + port;
    }

    private static int number(Port port, Map<String, String> environment) {
        String text = environment.getOrDefault(port.variable(), "").strip();
        if (text.isEmpty()) {
            return port.usual();
        }
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException(
                    port.variable() + " must be a port number from 1 to 65535, not \"" + text + "\".");
        }
        return Integer.parseInt(text);
    }

    /** All are held while the next is looked for, so that they differ. */
    private static List<Integer> freePorts(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException("no free ports", e);
        }
    }
}
