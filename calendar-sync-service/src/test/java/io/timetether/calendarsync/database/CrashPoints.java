package io.timetether.calendarsync.database;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the process may stop in a test: before any statement of a job. What a job does is seen by others only through its
 * statements and its requests, and between two requests there is always a statement, so that this is a stop between any two
 * of its lines. The thread that stopped is dead: not even its finally blocks reach the database any more.
 */
public final class CrashPoints {

    /** The process stopped here. An Error, so that nothing handles it. */
    static final class Stopped extends Error {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("the process stopped here");
        }
    }

    private static final String ANY_JOB = "io.timetether.calendarsync.jobs.Jobs";
    /** The threads by which a job writes several events at once. */
    private static final String WRITING = "io.timetether.calendarsync.publish.Hands";

    private static final AtomicInteger LEFT = new AtomicInteger(-1);
    private static volatile Set<String> where = Set.of();
    private static final AtomicInteger STOPS = new AtomicInteger();
    private static final ThreadLocal<Boolean> DEAD = ThreadLocal.withInitial(() -> false);

    private CrashPoints() {}

    /** The job that comes to its statement after so many others, of whatever jobs, stops there. */
    public static void stopAfter(int statements) {
        where = Set.of(ANY_JOB, WRITING);
        LEFT.set(statements);
    }

    /** As {@link #stopAfter}, but only what writes events counts and stops. */
    public static void stopWritingAfter(int statements) {
        where = Set.of(WRITING);
        LEFT.set(statements);
    }

    /** Nothing stops any more. */
    public static void none() {
        LEFT.set(-1);
    }

    /** How often something has stopped so far. */
    public static int stops() {
        return STOPS.get();
    }

    static void pass() {
        if (DEAD.get()) {
            throw new Stopped();
        }
        if (LEFT.get() >= 0 && isInJob() && LEFT.getAndDecrement() == 0) {
            DEAD.set(true);
            STOPS.incrementAndGet();
            throw new Stopped();
        }
    }

    private static boolean isInJob() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame ->
                        where.stream().anyMatch(name -> frame.getClassName().startsWith(name))));
    }
}
