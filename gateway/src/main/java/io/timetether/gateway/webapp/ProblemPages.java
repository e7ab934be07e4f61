package io.timetether.gateway.webapp;

import io.timetether.gateway.http.Answers;
import io.timetether.gateway.http.Order;
import io.timetether.gateway.http.Problem;
import io.timetether.gateway.http.ProblemKind;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * {@code /problems/{slug}}: what a problem's {@code type} points to. The text is docs/problems.md, one second-level heading
 * for each slug.
 */
@ApplicationScoped
class ProblemPages {

    private final Map<String, String> sections;

    ProblemPages() {
        this.sections = sections(Resources.text("pages/problems.md"));
    }

    void open(@Observes Router router) {
        router.get("/problems").order(Order.OWN.place()).handler(this::list);
        router.get("/problems/:slug").order(Order.OWN.place()).handler(this::one);
    }

    /** The HTML of each section by its heading, in the order of the page. */
    static Map<String, String> sections(String markdown) {
        HtmlRenderer renderer = HtmlRenderer.builder().escapeHtml(true).build();
        Map<String, String> sections = new LinkedHashMap<>();
        String slug = "";
        Node node = Parser.builder().build().parse(markdown).getFirstChild();
        for (; node != null; node = node.getNext()) {
            if (node instanceof Heading heading && heading.getLevel() == 2) {
                slug = heading.getFirstChild() instanceof Text text ? text.getLiteral() : "";
                sections.put(slug, "");
            } else if (!slug.isEmpty()) {
                sections.merge(slug, renderer.render(node), String::concat);
            }
        }
        return sections;
    }

    private void one(RoutingContext context) {
        String slug = context.pathParam("slug");
        String section = sections.get(slug);
        if (section == null) {
            Answers.problem(context, Problem.of(ProblemKind.NOT_FOUND, "All problems are listed at /problems."));
            return;
        }
        page(context, slug, section + "<p><a href=\"/problems\">All problems</a></p>");
    }

    private void list(RoutingContext context) {
        StringBuilder items = new StringBuilder("<ul>");
        sections.keySet()
                .forEach(slug -> items.append("<li><a href=\"/problems/")
                        .append(slug)
                        .append("\">")
                        .append(slug)
                        .append("</a></li>"));
        page(context, "Problems", items.append("</ul>").toString());
    }

    private static void page(RoutingContext context, String title, String content) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
                .end("""
                        <!doctype html>
                        <html lang="en">
                        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                        <title>%1$s – Timetether</title><link rel="stylesheet" href="/start.css"></head>
                        <body><main class="card"><p class="brand"><a href="/">Timetether</a></p><h1>%1$s</h1>%2$s</main></body>
                        </html>
                        """.formatted(title, content));
    }
}
