package io.timetether.localrun.identity;

import static io.timetether.localrun.page.LocalPage.escape;

import io.timetether.localrun.page.LocalPage;
import java.util.List;

/** The pages of the identity provider: one picks a name, and that is all. */
final class SignInPage {

    private static final String STYLE = """
        body { display: grid; place-items: center; padding: 1rem; }
        main { width: 100%; max-width: 26rem; background: var(--paper); border: 1px solid var(--line);
          border-radius: 14px; padding: 1.5rem 1.25rem; }
        p { margin: 0 0 1.1rem; }
        form { margin: 0 0 .6rem; }
        button, input { font: inherit; width: 100%; min-height: 44px; border-radius: 10px;
          border: 1px solid var(--line); padding: .6rem .9rem; background: var(--paper); color: var(--ink); }
        button { text-align: left; cursor: pointer; }
        button:hover { border-color: var(--accent); background: var(--tint); }
        button small { display: block; }
        .new { border-top: 1px solid var(--line); margin-top: 1.1rem; padding-top: 1.1rem; }
        .new label { display: block; margin-bottom: .35rem; }
        .new div { display: flex; gap: .5rem; }
        .new button { width: auto; white-space: nowrap; text-align: center; }
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
        return LocalPage.html("Sign in to Timetether", STYLE, """
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
        return LocalPage.html(title, STYLE, "<h1>" + escape(title) + "</h1><p>" + escape(text) + "</p>");
    }
}
