package io.timetether.localrun.demo;

/** The product did not take a part of the demo. The message says which, and what it answered. */
public final class DemoRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoRefused(String message) {
        super(message);
    }

    DemoRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
