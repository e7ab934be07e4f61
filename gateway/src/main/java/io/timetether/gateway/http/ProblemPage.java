package io.timetether.gateway.http;

/** A problem as a page, for somebody who followed a link and is not a program. */
final class ProblemPage {

    private ProblemPage() {}

    static String of(Problem problem) {
        return """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s – Timetether</title><link rel="stylesheet" href="/start.css"></head>
                <body><main class="card"><h1>%1$s</h1><p>%2$s</p>
                <p><a href="/problems/%3$s">What this means</a> · <a href="/">Back to the start</a></p></main></body>
                </html>
                """.formatted(
                        escape(problem.kind().title()),
                        escape(problem.detail()),
                        problem.kind().slug());
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
