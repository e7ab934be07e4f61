package io.timetether.calendarsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.timetether.calendarsync.authorization.AuthorizationFlow;
import io.timetether.calendarsync.database.Sql;
import io.timetether.calendarsync.feed.FeedItem;
import io.timetether.calendarsync.identity.ConnectionRef;
import io.timetether.calendarsync.identity.SecretKeys;
import io.timetether.calendarsync.identity.TokenCipher;
import io.timetether.office365.Outlook;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another key, beside the running service: the program is started as an operator does it. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class KeyRotationIT {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final Outlook outlook = Surroundings.get().outlook();

    @Inject
    Sql sql;

    @TempDir
    Path folder;

    @Test
    void leavesNothingUnderTheOldKeyAndEverythingReadable() throws Exception {
        Person anna = withEverythingThatIsSealed();
        // Backwards first, so that there is something under the key that shall go.
        Run backwards = run(ServiceUnderTest.OLDER_KEY + "," + ServiceUnderTest.FIRST_KEY);
        assertThat(backwards.says()).contains("texts sealed anew");
        assertThat(columnsUnder("older", anna))
                .contains("feed_item.subject_sealed", "authorization_flow.verifier", "authorization_flow.nonce");

        Run done = run(ServiceUnderTest.FIRST_KEY + "," + ServiceUnderTest.OLDER_KEY);
        assertThat(done.says()).startsWith("Done: ");
        assertThat(done.code()).isZero();
        assertThat(columnsUnder("older", anna)).isEmpty();
        // Every column that holds something sealed is one that the program knows: its table would be here else.
        assertThat(columnsUnder("test", anna))
                .containsExactlyInAnyOrder(
                        "connection.token_cache",
                        "feed_item.subject_sealed",
                        "authorization_flow.verifier",
                        "authorization_flow.nonce");

        TokenCipher withoutTheOldKey = new TokenCipher(SecretKeys.parse(ServiceUnderTest.FIRST_KEY));
        assertThat(opened(withoutTheOldKey, "connection", "id", "token_cache", anna, id -> new ConnectionRef(id).row()))
                .allSatisfy(cache -> assertThat(cache).contains("RefreshToken"));
        assertThat(opened(withoutTheOldKey, "feed_item", "item_id", "subject_sealed", anna, FeedItem::sealedRow))
                .containsExactly("Dentist");
        assertThat(opened(withoutTheOldKey, "authorization_flow", "id", "verifier", anna, AuthorizationFlow::row))
                .isNotEmpty();
        assertThat(subjects(anna)).containsExactly("Dentist");
    }

    @Test
    void saysThatItIsNotDoneWhileSomethingIsUnderAKeyThatIsGone() throws Exception {
        Person anna = withEverythingThatIsSealed();
        Run notDone = run(ServiceUnderTest.OLDER_KEY);
        assertThat(notDone.code()).isEqualTo(1);
        assertThat(notDone.says())
                .startsWith("NOT done: ")
                .contains("feed_item.subject_sealed under test=")
                .contains("add the key they name");
        assertThat(subjects(anna)).containsExactly("Dentist");
    }

    /** A connection with tokens, an event whose subject is hidden, and a sign-in that has begun. */
    private Person withEverythingThatIsSealed() {
        Person anna = Person.withMailbox("Europe/Berlin");
        LocalDate day = LocalDate.now(BERLIN).plusDays(10);
        outlook.addEvent(anna.address(), "Dentist", day.atTime(9, 0), day.atTime(10, 0), "W. Europe Standard Time");
        anna.connect();
        UUID feed = anna.feed();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(subjects(anna)).containsExactly("Dentist"));
        anna.json()
                .header("If-Match", "*")
                .body(Map.of("settings", Map.of("hideSubjects", true)))
                .patch("/api/v1/sync-feeds/" + feed)
                .then()
                .statusCode(200);
        anna.begin();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(columnsUnder("test", anna)).contains("feed_item.subject_sealed"));
        return anna;
    }

    private static List<String> subjects(Person person) {
        return person.get("/api/v1/sync-feeds/" + person.feed() + "/items")
                .jsonPath()
                .getList("items.subject");
    }

    /** Which columns, of all there are, hold something of this organisation that looks sealed with this key. */
    private TreeSet<String> columnsUnder(String keyId, Person person) {
        TreeSet<String> found = new TreeSet<>();
        List<String[]> columns = sql.list("""
                SELECT c.table_name, c.column_name FROM information_schema.columns c
                JOIN information_schema.columns o ON o.table_schema = 'public' AND o.table_name = c.table_name
                  AND o.column_name = 'organisation_id'
                WHERE c.table_schema = 'public' AND c.data_type IN ('text', 'jsonb', 'bytea')
                """, row -> new String[] {row.text("table_name"), row.text("column_name")});
        for (String[] column : columns) {
            boolean holds = sql.get(
                    "SELECT EXISTS (SELECT 1 FROM %s WHERE organisation_id = ? AND %s::text ~ ?) AS holds"
                            .formatted(column[0], column[1]),
                    row -> row.flag("holds"),
                    person.organisation,
                    "(^|[^A-Za-z])" + keyId + ":[A-Za-z0-9+/]{30}");
            if (holds) {
                found.add(column[0] + "." + column[1]);
            }
        }
        return found;
    }

    private List<String> opened(
            TokenCipher cipher,
            String table,
            String key,
            String column,
            Person person,
            Function<UUID, String> boundTo) {
        return sql.list(
                "SELECT %2$s, %3$s FROM %1$s WHERE organisation_id = ? AND %3$s <> ''".formatted(table, key, column),
                row -> cipher.open(row.text(column), boundTo.apply(row.uuid(key))),
                person.organisation);
    }

    private record Run(int code, String says) {}

    /** The program by itself, with its keys in a file, and its database from the environment. */
    private Run run(String keys) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("keys"), keys.replace(",", "\n"));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add("io.timetether.calendarsync.rotation.KeyRotation");
        ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = program.environment();
        environment.remove("TIMETETHER_SECRET_KEYS");
        environment.put("TIMETETHER_SECRET_KEYS_FILE", file.toString());
        environment.put("TIMETETHER_DATABASE_URL", configured("quarkus.datasource.jdbc.url"));
        environment.put("TIMETETHER_DATABASE_USER", configured("quarkus.datasource.username"));
        environment.put("TIMETETHER_DATABASE_PASSWORD", configured("quarkus.datasource.password"));
        Process process = program.start();
        String says = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), says);
    }

    private static String configured(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
