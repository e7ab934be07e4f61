package io.timetether.localrun.page;

/** A page of the local stand-ins, in the colours of the app, light or dark as the reader has it. */
public final class LocalPage {

    private static final String FRAME = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%1$s</title>
        <style>
          :root { color-scheme: light dark; --ink: #17212b; --soft: #566070; --line: #d9dee7; --paper: #fff;
            --ground: #f6f8f9; --accent: #0f6c62; --tint: #ecf8f6; }
          @media (prefers-color-scheme: dark) { :root { --ink: #eef1f7; --soft: #a5afc2; --line: #333c4d;
            --paper: #1b212d; --ground: #11151d; --accent: #6fd3c5; --tint: #1f2b33; } }
          * { box-sizing: border-box; }
          body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink);
            font: 16px/1.5 Inter, system-ui, sans-serif; }
          h1 { font-size: 1.35rem; letter-spacing: -.01em; margin: 0 0 .25rem; overflow-wrap: anywhere; }
          p, dd, dt, small { color: var(--soft); }
          a { color: var(--accent); }
          :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
          .brand { display: flex; align-items: center; gap: .6rem; margin: 0 0 1.2rem; color: var(--ink); font-weight: 700; }
          .card { background: var(--paper); border: 1px solid var(--line); border-radius: 14px; }
          %2$s
        </style>
        </head>
        <body><main>
        <p class="brand"><svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32"
          rx="8" fill="#0f5f57"/><g fill="none" stroke="#fff" stroke-width="2.6"><rect x="5.5" y="10" width="11.5"
          height="12" rx="6"/><rect x="15" y="10" width="11.5" height="12" rx="6" stroke="#8fe0d2"/></g></svg>Timetether</p>
        %3$s</main></body>
        </html>
        """;

    private LocalPage() {}

    /**
     * A whole page.
     *
     * @param title text, as it is
     * @param style what only this page's content needs beyond the common look, as CSS
     * @param content HTML, with all that came from outside escaped
     */
    public static String html(String title, String style, String content) {
        return FRAME.formatted(escape(title), style, content);
    }

    /** Text as it stands in HTML, within an attribute too. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
