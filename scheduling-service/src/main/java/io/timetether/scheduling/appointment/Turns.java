package io.timetether.scheduling.appointment;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets one request of this process at a time write for a staff member. It only spares the database a queue (which has
 * the last word, over all processes): of many who race for one time, the first writes, and the others look again when it
 * has, instead of each holding a connection while it waits for the staff member's lock.
 */
final class Turns {

    private final Map<UUID, CompletableFuture<Void>> running = new ConcurrentHashMap<>();

    /** True if it is the caller's turn, who then must call {@link #end}; false after having waited for another's end. */
    boolean beginOrWait(UUID staffId) {
        CompletableFuture<Void> other = running.putIfAbsent(staffId, new CompletableFuture<>());
        if (other == null) {
            return true;
        }
        other.join();
        return false;
    }

    void end(UUID staffId) {
        CompletableFuture<Void> turn = running.remove(staffId);
        if (turn != null) {
            turn.complete(null);
        }
    }
}
