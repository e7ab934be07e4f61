package io.timetether.office365.fault;

import java.util.regex.Pattern;

/**
 * One order: this trouble, for what it names, that often.
 *
 * @param id given when it is ordered
 * @param mailbox the object id of the mailbox's owner; empty for every mailbox
 * @param method the HTTP method, or for a notification the change (created, updated, deleted); empty for every one
 * @param path a regular expression that is looked for in the path below {@code /v1.0} and its query; empty for every path
 * @param times how many more it shall hit; negative for as long as it stands
 * @param millis how long LATE and DELAYED take
 * @param retryAfter the header's text; empty for what is usual for this trouble
 */
public record Fault(
        String id,
        Trouble trouble,
        String mailbox,
        String method,
        String path,
        int times,
        long millis,
        String retryAfter) {

    /** This trouble for every request, once. */
    public static Fault of(Trouble trouble) {
        return new Fault("", trouble, "", "", "", 1, 0, "");
    }

    public Fault forMailbox(String personId) {
        return new Fault(id, trouble, personId, method, path, times, millis, retryAfter);
    }

    public Fault on(String wantedMethod, String pathPattern) {
        return new Fault(id, trouble, mailbox, wantedMethod, pathPattern, times, millis, retryAfter);
    }

    public Fault times(int count) {
        return new Fault(id, trouble, mailbox, method, path, count, millis, retryAfter);
    }

    public Fault lasting(long milliseconds) {
        return new Fault(id, trouble, mailbox, method, path, times, milliseconds, retryAfter);
    }

    public Fault retryAfter(String text) {
        return new Fault(id, trouble, mailbox, method, path, times, millis, text);
    }

    Fault known(String newId) {
        return new Fault(newId, trouble, mailbox, method, path, times, millis, retryAfter);
    }

    boolean meets(String personId, String what, String where) {
        return (mailbox.isEmpty() || mailbox.equals(personId))
                && (method.isEmpty() || method.equalsIgnoreCase(what))
                && (path.isEmpty() || Pattern.compile(path).matcher(where).find());
    }
}
