package io.timetether.localrun.mail;

import jakarta.mail.Address;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One mail as it was received.
 *
 * @param id by which the page finds it again
 * @param at when it was received
 * @param text the plain text; empty where there is none
 */
public record ReceivedMail(
        String id,
        Instant at,
        String from,
        String to,
        String subject,
        String messageId,
        String text,
        List<Attachment> attachments) {

    /** A file that came with it. */
    public record Attachment(String name, String mediaType, byte[] content) {}

    /** Reads a mail in the form of RFC 5322. */
    static ReceivedMail read(String id, Instant at, byte[] source) {
        // The library finds its parts by the thread's class loader, which inside a test of Quarkus is another one.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ReceivedMail.class.getClassLoader());
        try {
            MimeMessage message =
                    new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(source));
            StringBuilder text = new StringBuilder();
            List<Attachment> attachments = new ArrayList<>();
            collect(message, text, attachments);
            return new ReceivedMail(
                    id,
                    at,
                    addresses(message.getFrom()),
                    addresses(message.getRecipients(Message.RecipientType.TO)),
                    message.getSubject() == null ? "" : message.getSubject(),
                    message.getMessageID() == null ? "" : message.getMessageID(),
                    text.toString(),
                    attachments);
        } catch (MessagingException e) {
            return new ReceivedMail(id, at, "", "", "(cannot be read)", "", String.valueOf(e.getMessage()), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be read", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void collect(Part part, StringBuilder text, List<Attachment> attachments)
            throws MessagingException, IOException {
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart each = parts.getBodyPart(i);
                collect(each, text, attachments);
            }
        } else if (part.getFileName() != null) {
            attachments.add(new Attachment(
                    part.getFileName(),
                    part.getContentType().replaceAll("\\s+", " "),
                    part.getInputStream().readAllBytes()));
        } else if (part.isMimeType("text/plain")) {
            text.append(part.getContent());
        }
    }

    private static String addresses(Address @Nullable [] addresses) {
        return addresses == null
                ? ""
                : Arrays.stream(addresses).map(Address::toString).collect(Collectors.joining(", "));
    }
}
