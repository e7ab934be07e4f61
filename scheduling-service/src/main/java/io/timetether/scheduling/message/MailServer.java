package io.timetether.scheduling.message;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.Mailer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The mail server that the environment names; without one, nothing is sent. */
@ApplicationScoped
class MailServer {

    /** A file that goes with a letter. */
    record Enclosure(String name, String mediaType, byte[] content) {}

    /** A letter with where it goes. The same message always has the same id, however often it is handed over. */
    record Envelope(
            UUID messageId,
            String address,
            Letter letter,
            @Nullable Enclosure enclosure) {}

    /** The mail server did not say that it has the message. Its cause is not for the log: it can hold the address. */
    static final class NotTaken extends Exception {

        NotTaken(RuntimeException cause) {
            super(cause.getClass().getSimpleName(), cause);
        }
    }

    private final Mailer mailer;
    private final Optional<String> host;
    private final String from;

    MailServer(
            Mailer mailer,
            @ConfigProperty(name = "timetether.smtp.host") Optional<String> host,
            @ConfigProperty(name = "timetether.smtp.from") String from) {
        this.mailer = mailer;
        this.host = host.filter(name -> !name.isBlank());
        this.from = from;
    }

    boolean isConfigured() {
        return host.isPresent();
    }

    String description() {
        return host.map(name -> "mail server " + name).orElse("no mail server is configured: TIMETETHER_SMTP_HOST");
    }

    /** Returns once the mail server has said that it has the message. */
    void send(Envelope envelope) throws NotTaken {
        Letter letter = envelope.letter();
        Mail mail = Mail.withText(envelope.address(), letter.subject(), letter.text())
                .setHtml(letter.html())
                .setFrom(from)
                .addHeader("Message-ID", "<" + envelope.messageId() + "@" + domain() + ">")
                .addHeader("Auto-Submitted", "auto-generated");
        Enclosure enclosure = envelope.enclosure();
        if (enclosure != null) {
            mail.addAttachment(enclosure.name(), enclosure.content(), enclosure.mediaType());
        }
        try {
            mailer.send(mail);
        } catch (RuntimeException e) {
            throw new NotTaken(e);
        }
    }

    private String domain() {
        String address = from.replaceAll(".*<|>.*", "");
        return address.substring(address.indexOf('@') + 1);
    }
}
