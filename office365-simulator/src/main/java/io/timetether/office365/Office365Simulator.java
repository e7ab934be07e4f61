package io.timetether.office365;

import io.javalin.Javalin;
import io.timetether.office365.control.ControlRoutes;
import io.timetether.office365.control.FaultRoutes;
import io.timetether.office365.entra.Application;
import io.timetether.office365.entra.Directory;
import io.timetether.office365.entra.EntraRoutes;
import io.timetether.office365.fault.Faults;
import io.timetether.office365.graph.GraphRoutes;
import io.timetether.office365.journal.Journal;
import io.timetether.office365.mailbox.Mailboxes;
import io.timetether.office365.notification.Announcer;
import io.timetether.office365.notification.Delivery;
import io.timetether.office365.notification.Subscriptions;
import io.timetether.office365.page.CalendarForms;
import io.timetether.office365.page.CalendarPages;
import io.timetether.office365.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * A server that behaves as Microsoft Entra ID and Microsoft Graph v1.0 do, as far as calendars go. One origin serves both: sign-in
 * under {@code /{tenant}/…}, Graph under {@code /v1.0}, and, for whoever acts as the person in Outlook, {@code /simulator}.
 */
public final class Office365Simulator implements AutoCloseable {

    private final Store store;
    private final Delivery delivery;
    private final Journal journal;
    private final Javalin server;
    private final String origin;
    private final Outlook outlook;
    private final Faults faults;

    private Office365Simulator(
            Store store,
            Delivery delivery,
            Journal journal,
            Javalin server,
            String origin,
            Outlook outlook,
            Faults faults) {
        this.faults = faults;
        this.journal = journal;
        this.store = store;
        this.delivery = delivery;
        this.server = server;
        this.origin = origin;
        this.outlook = outlook;
    }

    /** Starts a stand-in; it answers when this returns. */
    public static Office365Simulator start(SimulatorSettings settings) {
        int port = settings.port() == 0 ? freePort(settings.bindAddress()) : settings.port();
        String publicOrigin = settings.publicOrigin();
        String origin = publicOrigin != null ? publicOrigin : "http://" + shown(settings.bindAddress()) + ":" + port;
        Store store = Store.open(settings.dataFolder());
        Mailboxes mailboxes = new Mailboxes(store);
        Directory directory = new Directory(store, settings.clock());
        Delivery delivery = new Delivery();
        Subscriptions subscriptions = new Subscriptions(store, settings.clock(), delivery);
        Faults faults = new Faults();
        Announcer announcer = new Announcer(subscriptions, delivery, faults, Directory.TENANT);
        mailboxes.listen(announcer);
        Application application =
                new Application(settings.clientId(), settings.clientSecret(), settings.redirectUris());
        Journal journal = new Journal(settings.clock());
        Javalin server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.startupWatcherEnabled = false;
            config.concurrency.useVirtualThreads = true;
            config.http.maxRequestSize = 20_000_000L;
            config.http.generateEtags = false;
            new EntraRoutes(
                            directory,
                            mailboxes,
                            application,
                            faults,
                            settings.clock(),
                            settings.accessTokenLifetime(),
                            origin)
                    .register(config.routes);
            new GraphRoutes(
                            directory,
                            mailboxes,
                            subscriptions,
                            faults,
                            settings.clock(),
                            settings.answerDelay(),
                            origin)
                    .register(config.routes);
            new ControlRoutes(mailboxes, directory, journal, settings.clock(), origin).register(config.routes);
            new FaultRoutes(mailboxes, announcer, faults, origin).register(config.routes);
            CalendarPages pages = new CalendarPages(mailboxes, settings.clock());
            pages.register(config.routes);
            new CalendarForms(mailboxes, settings.clock(), pages, origin).register(config.routes);
            config.requestLogger.http((context, millis) -> {
                // An open page asks every second whether something changed; that would drown what clients asked.
                if (!context.path().endsWith("/changes")) {
                    journal.add(
                            attribute(context.attribute(GraphRoutes.MAILBOX)),
                            context.method().name(),
                            seen(context.path(), context.queryString()),
                            context.statusCode(),
                            context.attribute(GraphRoutes.IN_FLIGHT) instanceof Integer count ? count : 0,
                            millis.longValue());
                }
            });
        });
        server.start(settings.bindAddress(), port);
        return new Office365Simulator(
                store,
                delivery,
                journal,
                server,
                origin,
                new Outlook(mailboxes, directory, announcer, settings.clock()),
                faults);
    }

    /** The origin of both sign-in and Graph, without a slash at the end. */
    public String origin() {
        return origin;
    }

    /** The requests that were seen. */
    public Journal journal() {
        return journal;
    }

    /** To act as the people in Outlook. */
    public Outlook outlook() {
        return outlook;
    }

    /** To order troubles. */
    public Faults faults() {
        return faults;
    }

    @Override
    public void close() {
        server.stop();
        delivery.close();
        store.close();
    }

    private static String shown(String bindAddress) {
        return bindAddress.equals("0.0.0.0") || bindAddress.equals("127.0.0.1") ? "localhost" : bindAddress;
    }

    private static String attribute(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** The request's address as the journal may keep it: sign-in queries hold secrets of the flow. */
    private static String seen(String path, @Nullable String query) {
        return query == null || path.contains("/oauth2/") ? path : path + "?" + query;
    }

    /** The origin must be known before the routes are built, so an ephemeral port is chosen first. */
    private static int freePort(String bindAddress) {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(bindAddress))) {
            return probe.getLocalPort();
        } catch (IOException cause) {
            throw new UncheckedIOException("cannot find a free port on " + bindAddress, cause);
        }
    }
}
