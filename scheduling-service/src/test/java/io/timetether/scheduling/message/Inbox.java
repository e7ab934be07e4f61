package io.timetether.scheduling.message;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

/** What somebody has got by e-mail, as the tests' mail server has it. */
record Inbox(String address) {

    /** The oldest first. */
    record Received(String subject, String messageId, String text, String calendarFile) {

        String link() {
            return text.lines()
                    .filter(line -> line.startsWith("http"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    static Inbox ofSomebody() {
        return new Inbox("client-" + UUID.randomUUID().toString().substring(0, 8) + "@example.org");
    }

    List<Received> received() {
        String page = ConfigProvider.getConfig().getValue("timetether.test.mail-page", String.class);
        JsonPath mails = RestAssured.get(page + "/mails.json").jsonPath();
        return mails.<Map<String, Object>>getList("$").reversed().stream()
                .filter(mail -> mail.get("to").equals(address))
                .map(Inbox::read)
                .toList();
    }

    /** Waits until so many have come, and a little longer whether one more does. */
    List<Received> await(int count) {
        Awaitility.await("mails to " + address)
                .atMost(Duration.ofSeconds(30))
                .until(() -> received().size() >= count);
        Awaitility.await("no more mails to " + address)
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(30))
                .until(() -> received().size() == count);
        return received();
    }

    @SuppressWarnings("unchecked")
    private static Received read(Map<String, Object> mail) {
        List<Map<String, String>> files = (List<Map<String, String>>) mail.get("attachments");
        return new Received(
                (String) mail.get("subject"),
                (String) mail.get("messageId"),
                (String) mail.get("text"),
                files.isEmpty()
                        ? ""
                        : new String(Base64.getDecoder().decode(files.getFirst().get("content"))));
    }
}
