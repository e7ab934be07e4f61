package io.timetether.gateway.routes;

/** Who is expected at a route, which settles what the gateway does with cookies and cross-site requests there. */
public enum OpenTo {
    /** Browser sessions and bearer tokens: a session's token is put in, and unsafe methods must prove their origin. */
    PEOPLE_AND_MACHINES,
    /** Programs that show a secret to get a token: no session is looked at, and there is a limit of its own. */
    PROGRAMS,
    /**
     * Microsoft, directly or through a form that its pages make a browser post: always cross-site, so no session is ever
     * looked at and none is needed.
     */
    MICROSOFT
}
