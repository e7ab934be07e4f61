package io.timetether.localrun.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalMailIT {

    @TempDir
    Path folder;

    private static void send(LocalMail mail, String subject, String text) throws Exception {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(mail.smtpPort()));
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("no-reply@localhost", "Timetether"));
        message.setRecipients(Message.RecipientType.TO, "carla@example.org");
        message.setSubject(subject, "UTF-8");
        MimeBodyPart words = new MimeBodyPart();
        words.setText(text, "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setContent("<script>never()</script>", "text/html; charset=UTF-8");
        MimeBodyPart either = new MimeBodyPart();
        either.setContent(new MimeMultipart("alternative", words, html));
        MimeBodyPart file = new MimeBodyPart();
        file.setDataHandler(new DataHandler(
                new ByteArrayDataSource("BEGIN:VCALENDAR\r\n", "text/calendar; charset=UTF-8; method=PUBLISH")));
        file.setFileName("appointment.ics");
        message.setContent(new MimeMultipart(either, file));
        Transport.send(message);
    }

    private static HttpResponse<String> get(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void showsWhatWasSentWithItsLinkAndItsFile() throws Exception {
        try (LocalMail mail = LocalMail.start(0, 0, folder, Clock.systemUTC())) {
            assertThat(get(mail.pageUrl() + "/").body()).contains("Nothing was sent yet");
            send(mail, "Booked: Prüfung <b>", "Hello Carla,\n\nhttp://localhost:8080/book/seaside/manage/abc\n");
            send(mail, "Second", "Hello");

            assertThat(mail.received())
                    .extracting(ReceivedMail::subject)
                    .containsExactly("Second", "Booked: Prüfung <b>");
            String list = get(mail.pageUrl() + "/").body();
            assertThat(list)
                    .contains("Booked: Prüfung &lt;b&gt;")
                    .doesNotContain("<b>")
                    .contains("carla@example.org");
            String id = mail.received().getLast().id();
            assertThat(get(mail.pageUrl() + "/mails/" + id).body())
                    .contains("<a href=\"http://localhost:8080/book/seaside/manage/abc\">")
                    .contains("appointment.ics")
                    .doesNotContain("script");
            HttpResponse<String> file = get(mail.pageUrl() + "/mails/" + id + "/files/0");
            assertThat(file.body()).isEqualTo("BEGIN:VCALENDAR\r\n");
            assertThat(file.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/calendar");
            assertThat(get(mail.pageUrl() + "/mails.json").body()).contains("\"subject\":\"Second\"");
            for (String nowhere : new String[] {"/mails/1", "/mails/..%2f1", "/mails/" + id + "/files/7", "/else"}) {
                assertThat(get(mail.pageUrl() + nowhere).statusCode())
                        .as(nowhere)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void keepsMailsOverARestart() throws Exception {
        try (LocalMail mail = LocalMail.start(0, 0, folder, Clock.systemUTC())) {
            send(mail, "Before", "Hello");
        }
        try (LocalMail mail = LocalMail.start(0, 0, folder, Clock.systemUTC())) {
            send(mail, "After", "Hello");
            assertThat(mail.received()).extracting(ReceivedMail::subject).containsExactly("After", "Before");
        }
    }
}
