package io.timetether.scheduling.message;

import java.time.Instant;
import java.util.Set;

/** Decides whether what waits is still worth telling. PURE. */
final class MessagePolicy {

    private static final Set<String> AHEAD = Set.of("OPEN", "CONFIRMED");

    private MessagePolicy() {}

    enum Verdict {
        SEND,
        /** Nobody to write to: no address was ever given, or it was erased. */
        NO_ADDRESS,
        /** Its time has passed while it waited. */
        TOO_LATE,
        /** What it would tell is no longer so; another message tells what is. */
        OVERTAKEN
    }

    static Verdict decide(MessageKind kind, MessageFacts facts, Instant usefulUntil, Instant now) {
        if (facts.address() == null) {
            return Verdict.NO_ADDRESS;
        }
        if (!now.isBefore(usefulUntil)) {
            return Verdict.TOO_LATE;
        }
        return switch (facts) {
            case MessageFacts.OfConnection connection -> Verdict.SEND;
            case MessageFacts.OfAppointment appointment ->
                isStillSo(kind, appointment) ? Verdict.SEND : Verdict.OVERTAKEN;
        };
    }

    private static boolean isStillSo(MessageKind kind, MessageFacts.OfAppointment appointment) {
        boolean cancelled = appointment.status().equals("CANCELLED");
        return switch (kind) {
            case CANCELLED -> cancelled;
            case BOOKED, CONFIRMED -> !cancelled;
            case MOVED -> !cancelled && !appointment.overtaken();
            case REMINDER ->
                AHEAD.contains(appointment.status())
                        && appointment.startAt().toString().equals(appointment.occasion());
            case RECONNECT_NEEDED -> false;
        };
    }
}
