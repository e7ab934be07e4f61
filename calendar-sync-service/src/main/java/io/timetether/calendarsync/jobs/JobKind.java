package io.timetether.calendarsync.jobs;

import java.util.Locale;

/** Every kind of job; an instance is named by what it works on. */
public enum JobKind {
    /** One run over one remote calendar; instance: its id. */
    SYNC_CALENDAR,
    /** Brings the appointments of one writing feed to Office 365; instance: the feed's id. */
    PUBLISH_FEED,
    /** Keeps one calendar's subscription alive; instance: the calendar's id. */
    KEEP_SUBSCRIPTION,
    /** Takes away what a stopped connection has written, then its tokens; instance: the connection's id. */
    FINISH_STOPPING,
    /** Takes away a stopped feed's imported time off; instance: the feed's id. */
    FORGET_FEED,
    /** Has a connection's owner told that it needs them; instance: the connection's id. */
    TELL_OWNER,
    /** Reads scheduling-service's change log; one instance. */
    FOLLOW_CHANGES,
    /** Looks at plans that may have changed unseen, refreshes resting tokens, clears what has expired; one instance. */
    HOUSEKEEPING;

    /** The one instance of a kind that works on no particular thing. */
    public static final String ONLY = "only";

    /** As the table of jobs and the figures call it. */
    public String taskName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
