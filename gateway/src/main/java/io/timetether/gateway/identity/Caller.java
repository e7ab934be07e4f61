package io.timetether.gateway.identity;

/** Whom a request is forwarded for. Whether they may do it is for the services to say. */
public sealed interface Caller {

    /** Neither a session nor a token: the services answer what anybody may see, or 401. */
    record Anonymous() implements Caller {}

    /**
     * A machine, or an app with a token of its own, which goes upstream as it came.
     *
     * @param key stands for the token in limits; says nothing about it
     */
    record Bearer(String key) implements Caller {}

    /**
     * A person signed in here.
     *
     * @param key stands for the session in limits; says nothing about it
     * @param accessToken their token for the services, which never reaches the browser
     */
    record SignedIn(String key, String accessToken) implements Caller {
        @Override
        public String toString() {
            return "SignedIn[" + key + "]";
        }
    }
}
