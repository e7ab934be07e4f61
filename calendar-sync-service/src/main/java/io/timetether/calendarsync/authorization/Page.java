package io.timetether.calendarsync.authorization;

/** A plain page for a person whose sign-in did not go as meant. */
final class Page {

    private Page() {}

    /** The texts are ours; nothing that came from outside is ever put in. */
    static String html(String title, String text) {
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>%1$s</title>
                <style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem}</style>
                </head><body><main><h1>%1$s</h1><p>%2$s</p><p><a href="/">Back to Timetether</a></p></main></body></html>
                """.formatted(title, text);
    }
}
