package io.timetether.localrun.mail;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server on the loopback interface that takes everything, and the page that shows it. */
public final class LocalMail implements AutoCloseable {

    private final MailFolder folder;
    private final SMTPServer smtp;
    private final HttpServer page;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private LocalMail(MailFolder folder, int smtpPort, int pagePort) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        this.folder = folder;
        this.smtp = SMTPServer.port(smtpPort)
                .bindAddress(loopback)
                .hostName("localhost")
                .messageHandler((context, from, to, source) -> {
                    try {
                        folder.add(source);
                    } catch (RuntimeException e) {
                        throw new RejectException(451, "cannot be kept");
                    }
                })
                .build();
        this.page = HttpServer.create(new InetSocketAddress(loopback, pagePort), 0);
        page.createContext("/", new MailPage(folder)::answer);
        page.setExecutor(threads);
    }

    /**
     * Starts both; port 0 takes a free one.
     *
     * @param folder where the mails are kept
     */
    public static LocalMail start(int smtpPort, int pagePort, Path folder, Clock clock) {
        try {
            LocalMail mail = new LocalMail(new MailFolder(folder, clock), smtpPort, pagePort);
            mail.smtp.start();
            mail.page.start();
            return mail;
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "The mail server cannot listen on the ports " + smtpPort + " and " + pagePort + ".", e);
        }
    }

    /** What has arrived, the newest first. */
    public List<ReceivedMail> received() {
        return folder.list();
    }

    public int smtpPort() {
        return smtp.getPortAllocated();
    }

    public String pageUrl() {
        return "http://localhost:" + page.getAddress().getPort();
    }

    @Override
    public void close() {
        smtp.stop();
        page.stop(0);
        threads.shutdownNow();
    }
}
