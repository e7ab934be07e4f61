package io.timetether.scheduling.changes;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/**
 * Hears of positions that other instances gave, on one connection of its own (it is held for ever, so it is none of the
 * pool's). While it is away, long polls are still answered when their time is up.
 */
@ApplicationScoped
class ChangeListener {

    private static final Logger LOG = Logger.getLogger(ChangeListener.class);
    private static final int POLL_MILLIS = 5000;
    private static final int RETRY_SECONDS = 2;

    private final ChangeSignal signal;
    private final String url;
    private final Properties account = new Properties();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Connection open;

    ChangeListener(
            ChangeSignal signal,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") String password) {
        this.signal = signal;
        this.url = url;
        account.setProperty("user", user);
        account.setProperty("password", password);
        account.setProperty("ApplicationName", "timetether-scheduling-listen");
        account.setProperty("tcpKeepAlive", "true");
    }

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("change-listener").daemon().start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
        Connection connection = open;
        if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("listening connection was closed already", e);
            }
        }
    }

    private void run() {
        try {
            do {
                try {
                    listen();
                } catch (SQLException e) {
                    if (stopped.getCount() > 0) {
                        LOG.warnf("not listening for changes, trying again: %s", e.getMessage());
                    }
                }
            } while (!stopped.await(RETRY_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() throws SQLException {
        try (Connection connection = new Driver().connect(url, account)) {
            open = connection;
            try (Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + Sequencer.CHANNEL);
            }
            // What was given while nobody listened.
            signal.raise();
            PGConnection notifications = connection.unwrap(PGConnection.class);
            while (stopped.getCount() > 0) {
                if (notifications.getNotifications(POLL_MILLIS).length > 0) {
                    signal.raise();
                } else {
                    // Finds out that the connection is dead even where nothing is ever sent.
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("SELECT 1");
                    }
                }
            }
        } finally {
            open = null;
        }
    }
}
