package io.timetether.scheduling.directory;

import io.timetether.scheduling.changes.ChangeKind;
import io.timetether.scheduling.http.ProblemException;
import io.timetether.scheduling.http.ProblemType;

/** The lists of an organisation. The names stand in the audit log. */
public enum EntryKind {
    CLIENT(ChangeKind.CLIENT, "clients", "client"),
    LOCATION(ChangeKind.LOCATION, "locations", "location"),
    SERVICE(ChangeKind.SERVICE, "services", "service"),
    STAFF(ChangeKind.STAFF, "staff", "staff member");

    private final ChangeKind change;
    private final String collection;
    private final String words;

    EntryKind(ChangeKind change, String collection, String words) {
        this.change = change;
        this.collection = collection;
        this.words = words;
    }

    ChangeKind change() {
        return change;
    }

    /** Where the entries of this kind are found. */
    String path() {
        return "/api/v1/" + collection + "/";
    }

    /** The answer for an id that the organisation does not have. */
    public ProblemException unknown() {
        return ProblemType.NOT_FOUND.because("No " + words + " has this id.");
    }
}
