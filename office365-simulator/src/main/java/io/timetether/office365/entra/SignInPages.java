package io.timetether.office365.entra;

import io.timetether.office365.mailbox.Mailbox;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The HTML of sign-in and consent. It says on every page that this is the stand-in. */
final class SignInPages {

    private static final String STYLE = """
            body{margin:0;min-height:100vh;display:flex;align-items:center;justify-content:center;background:#eef2f7;
            font:16px/1.45 "Segoe UI",system-ui,sans-serif;color:#1b1b1b}
            main{background:#fff;width:min(27rem,92vw);padding:2.2rem 2.4rem;box-shadow:0 2px 14px #0002;border-radius:4px}
            h1{font-size:1.45rem;font-weight:600;margin:.9rem 0 .6rem}
            .brand{display:flex;gap:.6rem;align-items:center;font-weight:600;color:#505050}
            .brand svg{width:21px;height:21px}
            button{font:inherit;cursor:pointer}
            .account{display:block;width:100%;text-align:left;background:#fff;border:0;border-bottom:1px solid #e3e3e3;padding:.75rem .5rem}
            .account:hover,.account:focus{background:#f2f6fb}
            .account small{display:block;color:#606060}
            .row{display:flex;gap:.6rem;justify-content:flex-end;margin-top:1.4rem}
            .plain,.go{padding:.45rem 1.6rem;border:1px solid #8a8a8a;background:#e9e9e9;border-radius:2px}
            .go{background:#0f6cbd;border-color:#0f6cbd;color:#fff}
            input[type=text]{font:inherit;width:100%;box-sizing:border-box;padding:.45rem;border:0;border-bottom:1px solid #606060}
            .problem{color:#b10e1c}
            ul{padding-left:1.2rem}
            footer{margin-top:1.8rem;font-size:.8rem;color:#606060}
            """;

    private SignInPages() {}

    static String pickAccount(String action, Map<String, String> hidden, List<Mailbox> accounts, String problem) {
        StringBuilder body = new StringBuilder("<h1>Pick an account</h1>");
        if (!problem.isEmpty()) {
            body.append("<p class=\"problem\" role=\"alert\">")
                    .append(escape(problem))
                    .append("</p>");
        }
        body.append(form(action, hidden));
        for (Mailbox account : accounts) {
            body.append("<button class=\"account\" name=\"account\" value=\"")
                    .append(escape(account.address()))
                    .append("\">")
                    .append(escape(account.displayName()))
                    .append("<small>")
                    .append(escape(account.address()))
                    .append("</small></button>");
        }
        body.append("</form>");
        body.append(form(action, hidden))
                .append(
                        "<p><label>Use another account<input type=\"text\" name=\"account\" autocomplete=\"username\"></label></p>")
                .append("<div class=\"row\"><button class=\"plain\" name=\"decision\" value=\"cancel\">Cancel</button>")
                .append("<button class=\"go\">Next</button></div></form>");
        return page("Sign in to your account", body.toString());
    }

    static String consent(String action, Map<String, String> hidden, Mailbox person, Set<String> scopes) {
        return consent(
                "Permissions requested",
                person.address(),
                scopes,
                form(action, hidden) + "<input type=\"hidden\" name=\"account\" value=\"" + escape(person.address())
                        + "\">",
                hidden.getOrDefault("client_id", ""));
    }

    /** An administrator consents for everybody. */
    static String adminConsent(String action, Map<String, String> hidden, Set<String> scopes) {
        return consent(
                "Permissions requested for your organization",
                "Administrator",
                scopes,
                form(action, hidden),
                hidden.getOrDefault("client_id", ""));
    }

    private static String consent(String title, String who, Set<String> scopes, String form, String application) {
        StringBuilder body = new StringBuilder("<p>")
                .append(escape(who))
                .append("</p><h1>")
                .append(title)
                .append("</h1><p>The application <b>")
                .append(escape(application))
                .append("</b> would like to:</p><ul>");
        for (String scope : scopes) {
            body.append("<li>")
                    .append(escape(Scopes.SENTENCES.getOrDefault(scope, scope)))
                    .append(" <small>(")
                    .append(escape(scope))
                    .append(")</small></li>");
        }
        body.append("</ul><p>Accepting means that you allow this app to use your data as stated above.</p>")
                .append(form)
                .append("<div class=\"row\"><button class=\"plain\" name=\"decision\" value=\"cancel\">Cancel</button>")
                .append("<button class=\"go\" name=\"decision\" value=\"accept\">Accept</button></div></form>");
        return page(title, body.toString());
    }

    static String postBack(String action, Map<String, String> fields) {
        return page(
                "Working…",
                form(action, fields)
                        + "<p>Taking you back to the application.</p><div class=\"row\"><button class=\"go\">Continue</button></div>"
                        + "</form><script>document.forms[0].submit()</script>");
    }

    static String problem(String text) {
        return page(
                "Sign-in problem",
                "<h1>Sorry, but we’re having trouble signing you in.</h1><p class=\"problem\" role=\"alert\">"
                        + escape(text) + "</p>");
    }

    private static String form(String action, Map<String, String> hidden) {
        StringBuilder form = new StringBuilder("<form method=\"post\" action=\"")
                .append(escape(action))
                .append("\">");
        hidden.forEach((name, value) -> form.append("<input type=\"hidden\" name=\"")
                .append(escape(name))
                .append("\" value=\"")
                .append(escape(value))
                .append("\">"));
        return form.toString();
    }

    private static String page(String title, String body) {
        return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>" + escape(title)
                + "</title><style>" + STYLE + "</style></head><body><main><div class=\"brand\">"
                + "<svg viewBox=\"0 0 21 21\" aria-hidden=\"true\"><path fill=\"#c2410c\" d=\"M0 0h10v10H0z\"/>"
                + "<path fill=\"#15803d\" d=\"M11 0h10v10H11z\"/><path fill=\"#0369a1\" d=\"M0 11h10v10H0z\"/>"
                + "<path fill=\"#a16207\" d=\"M11 11h10v10H11z\"/></svg>Office 365 simulator</div>" + body
                + "<footer>A local stand-in for Microsoft’s sign-in. No password is asked, nothing leaves this machine.</footer>"
                + "</main></body></html>";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
