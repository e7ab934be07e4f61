package io.timetether.gateway.identity;

import io.timetether.gateway.identity.RecentSessions.Recent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Reads sessions for all who ask at the same time in one statement, and remembers them for a moment, see
 * {@link RecentSessions}. Alone, a request does not wait for others.
 */
@ApplicationScoped
class SessionReads {

    /** While some are read, the next gather. More at once would make smaller groups, and more work for the database. */
    private static final int AT_ONCE = 2;

    private static final int IN_ONE_STATEMENT = 256;

    private final Vertx vertx;
    private final Sessions sessions;
    private final RecentSessions recent;
    private final Queue<Wish> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger reading = new AtomicInteger();

    private record Wish(SessionId id, Promise<Optional<Session>> answer) {}

    SessionReads(Vertx vertx, Sessions sessions, RecentSessions recent) {
        this.vertx = vertx;
        this.sessions = sessions;
        this.recent = recent;
    }

    /** Looks a session up; completes on the caller's own context. */
    Future<Optional<Session>> find(SessionId id) {
        Optional<Recent> known = recent.find(id);
        if (known.isEmpty()) {
            return read(id);
        }
        if (known.get().readAgain()) {
            read(id); // if it fails, the next one who has to wait for a read hears why
        }
        return Future.succeededFuture(Optional.of(known.get().session()));
    }

    private Future<Optional<Session>> read(SessionId id) {
        Promise<Optional<Session>> answer =
                ((VertxInternal) vertx).getOrCreateContext().promise();
        waiting.add(new Wish(id, answer));
        if (takesAPlace()) {
            vertx.executeBlocking(this::readUntilNobodyWaits, false);
        }
        return answer.future();
    }

    private boolean takesAPlace() {
        return reading.getAndUpdate(now -> Math.min(now + 1, AT_ONCE)) < AT_ONCE;
    }

    private Void readUntilNobodyWaits() {
        do {
            try {
                for (List<Wish> group = nextGroup(); !group.isEmpty(); group = nextGroup()) {
                    read(group);
                }
            } finally {
                reading.decrementAndGet();
            }
            // Whoever came after the last look and before the place was free has started nobody.
        } while (!waiting.isEmpty() && takesAPlace());
        return null;
    }

    private List<Wish> nextGroup() {
        List<Wish> group = new ArrayList<>();
        while (group.size() < IN_ONE_STATEMENT) {
            Wish next = waiting.poll();
            if (next == null) {
                break;
            }
            group.add(next);
        }
        return group;
    }

    private void read(List<Wish> group) {
        try {
            Set<SessionId> ids = group.stream().map(Wish::id).collect(Collectors.toSet());
            long begun = recent.beforeReading();
            Map<SessionId, Session> found = sessions.findAll(ids);
            for (SessionId id : ids) {
                Session session = found.get(id);
                if (session == null) {
                    recent.forget(id);
                } else {
                    recent.keep(id, session, begun);
                }
            }
            group.forEach(wish -> wish.answer().complete(Optional.ofNullable(found.get(wish.id()))));
        } catch (SQLException | RuntimeException failure) {
            group.forEach(wish -> wish.answer().tryFail(failure));
        }
    }
}
