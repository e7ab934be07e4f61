package io.timetether.localrun.mail;

import static io.timetether.localrun.page.LocalPage.escape;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.timetether.localrun.mail.ReceivedMail.Attachment;
import io.timetether.localrun.page.LocalPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The pages: what was sent, and one mail with its link and its files. A mail's own HTML is never shown. */
final class MailPage {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM, HH:mm:ss 'UTC'", Locale.UK).withZone(ZoneOffset.UTC);

    private static final String STYLE = """
        main { max-width: 48rem; margin: 0 auto; padding: 2rem 1rem; }
        ul { list-style: none; margin: 1.2rem 0; padding: 0; }
        li + li { border-top: 1px solid var(--line); }
        li a { display: block; padding: .8rem 1rem; color: inherit; text-decoration: none; overflow-wrap: anywhere; }
        li a:hover { background: var(--tint); }
        li a:focus-visible { outline-offset: -2px; border-radius: 14px; }
        li small { display: block; }
        dl { display: grid; grid-template-columns: auto 1fr; gap: .15rem 1rem; margin: 1rem 0; }
        dd { margin: 0; overflow-wrap: anywhere; }
        pre { padding: 1rem; margin: 0 0 1rem; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
        """;

    private final MailFolder folder;

    MailPage(MailFolder folder) {
        this.folder = folder;
    }

    void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/", -1);
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
            } else if (path.length == 2 && path[1].isEmpty()) {
                html(exchange, 200, list(folder.list()));
            } else if (path.length == 2 && path[1].equals("mails.json")) {
                send(exchange, 200, "application/json", json(folder.list()));
            } else if (path.length == 3 && path[1].equals("mails")) {
                Optional<ReceivedMail> mail = folder.find(path[2]);
                html(
                        exchange,
                        mail.isPresent() ? 200 : 404,
                        mail.map(MailPage::one).orElseGet(MailPage::nothing));
            } else if (path.length == 5 && path[1].equals("mails") && path[3].equals("files")) {
                file(exchange, path[2], path[4]);
            } else {
                html(exchange, 404, nothing());
            }
        }
    }

    private static String list(List<ReceivedMail> mails) {
        StringBuilder rows = new StringBuilder();
        for (ReceivedMail mail : mails) {
            rows.append("<li><a href=\"/mails/%s\">%s<small>to %s · %s</small></a></li>"
                    .formatted(mail.id(), escape(mail.subject()), escape(mail.to()), time(mail.at())));
        }
        String content = mails.isEmpty()
                ? "<p>Nothing was sent yet. Book something; its message appears here.</p>"
                : "<ul class=\"card\">" + rows + "</ul>";
        return LocalPage.html("Mail – Timetether", STYLE, """
            <h1>What was sent</h1>
            <p>Every e-mail of this local Timetether ends here and goes nowhere else. The newest stands first.</p>
            """ + content);
    }

    private static String one(ReceivedMail mail) {
        StringBuilder files = new StringBuilder();
        for (int i = 0; i < mail.attachments().size(); i++) {
            Attachment file = mail.attachments().get(i);
            files.append("<li><a href=\"/mails/%s/files/%d\" download=\"%s\">%s<small>%s · %d bytes</small></a></li>"
                    .formatted(
                            mail.id(),
                            i,
                            escape(file.name()),
                            escape(file.name()),
                            escape(file.mediaType()),
                            file.content().length));
        }
        return LocalPage.html(mail.subject(), STYLE, """
            <p><a href="/">All mails</a></p>
            <h1>%s</h1>
            <dl><dt>From</dt><dd>%s</dd><dt>To</dt><dd>%s</dd><dt>Received</dt><dd>%s</dd></dl>
            <pre class="card">%s</pre>%s
            """.formatted(
                        escape(mail.subject()),
                        escape(mail.from()),
                        escape(mail.to()),
                        time(mail.at()),
                        LINK.matcher(escape(mail.text())).replaceAll("<a href=\"$0\">$0</a>"),
                        files.isEmpty() ? "" : "<ul class=\"card\">" + files + "</ul>"));
    }

    private static String nothing() {
        return LocalPage.html("Nothing here", STYLE, "<h1>Nothing here</h1><p><a href=\"/\">All mails</a></p>");
    }

    private void file(HttpExchange exchange, String id, String number) throws IOException {
        Optional<Attachment> file = folder.find(id)
                .map(ReceivedMail::attachments)
                .filter(files -> number.matches("\\d{1,3}") && Integer.parseInt(number) < files.size())
                .map(files -> files.get(Integer.parseInt(number)));
        if (file.isEmpty()) {
            html(exchange, 404, nothing());
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", file.get().mediaType());
        exchange.getResponseHeaders().set("Content-Disposition", "attachment");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(200, file.get().content().length);
        exchange.getResponseBody().write(file.get().content());
    }

    /** The same for programs, such as tests. */
    private static String json(List<ReceivedMail> mails) throws JsonProcessingException {
        ArrayNode list = JSON.createArrayNode();
        for (ReceivedMail mail : mails) {
            ObjectNode one = list.addObject()
                    .put("id", mail.id())
                    .put("at", mail.at().toString())
                    .put("from", mail.from())
                    .put("to", mail.to())
                    .put("subject", mail.subject())
                    .put("messageId", mail.messageId())
                    .put("text", mail.text());
            ArrayNode files = one.putArray("attachments");
            mail.attachments()
                    .forEach(file -> files.addObject()
                            .put("name", file.name())
                            .put("mediaType", file.mediaType())
                            .put("content", file.content()));
        }
        return JSON.writeValueAsString(list);
    }

    private static void html(HttpExchange exchange, int status, String page) throws IOException {
        send(exchange, status, "text/html;charset=UTF-8", page);
    }

    private static void send(HttpExchange exchange, int status, String mediaType, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", mediaType);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders()
                .set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'");
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content);
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }
}
