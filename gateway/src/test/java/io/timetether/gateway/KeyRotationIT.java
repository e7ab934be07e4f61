package io.timetether.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.gateway.world.Browser;
import io.timetether.gateway.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another key, beside running gateways: the program is started as an operator does it. */
class KeyRotationIT {

    private final World world = World.get();

    @TempDir
    Path folder;

    @Test
    void sealsEverySessionAnewAndEndsNone() throws Exception {
        // Another test leaves sessions behind whose key is gone for good.
        try (Connection connection = world.database();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from session where key_id <> 'k1'");
        }
        Browser browser = new Browser();
        browser.signIn(world.gateway.url("/sign-in?return=/session"), "ada", new ArrayList<>());

        // There and back, so that there is something under the key that shall go; no gateway writes with it.
        Run there = run(World.OLDER_KEY + "\n" + World.FIRST_KEY);
        assertThat(there.says()).startsWith("Done: ");
        assertThat(keysInUse()).containsOnly("k0");
        assertThat(browser.get(world.gateway.url("/session")).body()).contains("\"signedIn\":true");

        Run withoutTheKey = run(World.FIRST_KEY);
        assertThat(withoutTheKey.code()).isEqualTo(1);
        assertThat(withoutTheKey.says()).startsWith("NOT done: ").contains("{k0=", "no configured key opens");
        assertThat(keysInUse()).containsOnly("k0");

        Run back = run(World.FIRST_KEY + "\n" + World.OLDER_KEY);
        assertThat(back.says()).startsWith("Done: ");
        assertThat(back.code()).isZero();
        assertThat(keysInUse()).containsOnly("k1");
        assertThat(browser.get(world.gateway.url("/session")).body()).contains("\"signedIn\":true");
        assertThat(run(World.FIRST_KEY).says()).startsWith("Done: 0 ");
    }

    private TreeSet<String> keysInUse() throws Exception {
        TreeSet<String> keys = new TreeSet<>();
        try (Connection connection = world.database();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select distinct key_id from session")) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        }
        return keys;
    }

    private record Run(int code, String says) {}

    /** The program by itself, with its keys in a file, and all else as a gateway has it. */
    private Run run(String keys) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("keys"), keys);
        ProcessBuilder program = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "io.timetether.gateway.identity.KeyRotation"))
                .redirectErrorStream(true);
        Map<String, String> environment = program.environment();
        environment.putAll(world.environment(world.databaseUrl(), 1));
        environment.remove("TIMETETHER_SECRET_KEYS");
        environment.put("TIMETETHER_SECRET_KEYS_FILE", file.toString());
        Process process = program.start();
        String says = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), says);
    }
}
