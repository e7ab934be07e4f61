package io.timetether.gateway.identity;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** Throws ended sessions away. They are never found any more; this only keeps the table small, so any gateway may do it. */
@ApplicationScoped
class ExpiredSessions {

    private static final Logger LOG = Logger.getLogger(ExpiredSessions.class);

    private final Sessions sessions;

    ExpiredSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    @Scheduled(every = "10m", delayed = "1m")
    void sweep() {
        try {
            int gone = sessions.removeExpired();
            if (gone > 0) {
                LOG.infof("%d ended sessions thrown away", gone);
            }
        } catch (SQLException later) {
            LOG.warn("Ended sessions could not be thrown away; tried again in ten minutes", later);
        }
    }
}
