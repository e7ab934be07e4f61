package io.timetether.gateway.routes;

/** Who is expected at a route, which settles what the gateway does with cookies and cross-site requests there. */
public enum OpenTo {
    /** Browser sessions and bearer tokens: a session's token is put in, and unsafe methods must prove their origin. */
    PEOPLE_AND_MACHINES(false),
    /** Programs that show a secret to get a token: no session is looked at, and there is a limit of its own. */
    PROGRAMS(true),
    /**
     * Microsoft, directly or through a form that its pages make a browser post: always cross-site, so no session is ever
     * looked at and none is needed.
     */
    MICROSOFT(true);

    private final boolean onlyToBePostedTo;

    OpenTo(boolean onlyToBePostedTo) {
        this.onlyToBePostedTo = onlyToBePostedTo;
    }

    /** Whether nothing but POST is of any use there, so that the services need not be asked about the rest. */
    public boolean onlyToBePostedTo() {
        return onlyToBePostedTo;
    }
}
