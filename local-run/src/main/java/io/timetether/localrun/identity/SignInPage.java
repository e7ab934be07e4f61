package io.timetether.localrun.identity;

import java.util.List;

/** The pages of the identity provider: one picks a name, and that is all. */
final class SignInPage {

    private static final String FRAME = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s</title>
            <style>
              :root { color-scheme: light dark; --ink: #1d2433; --soft: #5b6475; --line: #d9dee7; --paper: #fff;
                --ground: #f3f5f9; --accent: #2f5bd8; }
              @media (prefers-color-scheme: dark) { :root { --ink: #eef1f7; --soft: #a5afc2; --line: #333c4d;
                --paper: #1b212d; --ground: #11151d; --accent: #8aa8ff; } }
              * { box-sizing: border-box; }
              body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
                background: var(--ground); color: var(--ink); font: 16px/1.45 system-ui, sans-serif; }
              main { width: 100%%; max-width: 26rem; background: var(--paper); border: 1px solid var(--line);
                border-radius: 14px; padding: 1.5rem 1.25rem; }
              h1 { font-size: 1.35rem; margin: 0 0 .25rem; }
              p { margin: 0 0 1.1rem; color: var(--soft); }
              form { margin: 0 0 .6rem; }
              button, input { font: inherit; width: 100%%; min-height: 44px; border-radius: 10px;
                border: 1px solid var(--line); padding: .6rem .9rem; background: var(--paper); color: var(--ink); }
              button { text-align: left; cursor: pointer; }
              button:hover, button:focus-visible, input:focus-visible { border-color: var(--accent);
                outline: 2px solid var(--accent); outline-offset: 0; }
              button small { display: block; color: var(--soft); }
              .new { border-top: 1px solid var(--line); margin-top: 1.1rem; padding-top: 1.1rem; }
              .new label { display: block; margin-bottom: .35rem; }
              .new div { display: flex; gap: .5rem; }
              .new button { width: auto; white-space: nowrap; text-align: center; }
            </style>
            </head>
            <body><main>%2$s</main></body>
            </html>
            """;

    private SignInPage() {}

    /** Every form posts to the address of the page itself, which carries the request; the field is {@code username}. */
    static String pickAName(List<Person> people) {
        StringBuilder forms = new StringBuilder();
        for (Person person : people) {
            forms.append("""
                    <form method="post"><button name="username" value="%s">%s<small>%s</small></button></form>
                    """.formatted(escape(person.subject()), escape(person.name()), escape(person.part())));
        }
        return FRAME.formatted("Sign in to Timetether", """
                <h1>Who are you?</h1>
                <p>This is the sign-in of a Timetether on your own machine. Pick a name; there is no password.</p>
                %s
                <form method="post" class="new">
                  <label for="somebody">Someone new</label>
                  <div><input id="somebody" name="username" placeholder="Your name" autocomplete="name" required
                    maxlength="100"><button>Sign in</button></div>
                </form>
                """.formatted(forms));
    }

    static String message(String title, String text) {
        return FRAME.formatted(escape(title), "<h1>" + escape(title) + "</h1><p>" + escape(text) + "</p>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
