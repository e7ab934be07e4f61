package io.timetether.gateway.figures;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.timetether.gateway.world.GatewayProcess;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One nginx process (one worker, no TLS, no log): as the service behind everybody, or as the plain proxy in front of it. */
final class Nginx implements AutoCloseable {

    private static final String ANSWER = "{\"items\":[],\"next\":null}";

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Answers every request at once with a small page of JSON. */
    static Nginx service(Path folder) throws IOException, InterruptedException {
        return start(folder, "service", "", "default_type application/json; return 200 '" + ANSWER + "';");
    }

    /** Forwards everything to the service, over connections that are kept. */
    static Nginx proxy(Path folder, Nginx service) throws IOException, InterruptedException {
        return start(
                folder,
                "proxy",
                "upstream service { server 127.0.0.1:" + service.port + "; keepalive 256; }",
                "proxy_pass http://service; proxy_http_version 1.1; proxy_set_header Connection '';");
    }

    private static Nginx start(Path folder, String name, String before, String location)
            throws IOException, InterruptedException {
        Path home = Files.createDirectories(folder.resolve(name));
        int port = GatewayProcess.freePort();
        Path configuration = home.resolve("nginx.conf");
        Files.writeString(configuration, """
                worker_processes 1;
                daemon off;
                master_process off;
                pid %1$s/pid;
                error_log %1$s/error.log warn;
                events { worker_connections 4096; }
                http {
                  access_log off;
                  keepalive_requests 100000000;
                  client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
                  uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                  %2$s
                  server { listen 127.0.0.1:%3$d; location / { %4$s } }
                }
                """.formatted(home, before, port, location));
        Process process = new ProcessBuilder("nginx", "-c", configuration.toString(), "-p", home.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("out.log").toFile())
                .start();
        Nginx started = new Nginx(process, port);
        started.awaitListening(home);
        return started;
    }

    private void awaitListening(Path home) throws IOException, InterruptedException {
        for (int i = 0; i < 100; i++) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException notYet) {
                if (process.waitFor(100, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        }
        throw new IllegalStateException("nginx did not start: " + Files.readString(home.resolve("out.log")));
    }

    String origin() {
        return "http://127.0.0.1:" + port;
    }

    /** The time that its process has had on any core. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
