package io.timetether.gateway.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.timetether.gateway.http.Order;
import io.timetether.gateway.webapp.Resources;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Serves the committed description of the API, byte for byte, as JSON as well, and a page on which people can read it. */
@ApplicationScoped
class ApiDescription {

    private static final String SWAGGER_UI = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

    private final String yaml;
    private final String json;
    private final String page;

    ApiDescription() {
        this.yaml = Resources.text("pages/gateway.yaml");
        this.json = toJson(yaml);
        this.page = page(versionIn(Resources.text(SWAGGER_UI)));
    }

    void open(@Observes Router router) {
        router.get("/openapi/gateway.yaml")
                .order(Order.OWN.place())
                .handler(context -> send(context, "application/yaml", yaml));
        router.get("/openapi/gateway.json")
                .order(Order.OWN.place())
                .handler(context -> send(context, "application/json", json));
        router.get("/docs").order(Order.OWN.place()).handler(this::docs);
    }

    private void docs(RoutingContext context) {
        // Swagger UI styles its elements one by one and draws its icons from data addresses.
        context.response()
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; "
                                + "object-src 'none'; frame-ancestors 'none'; form-action 'self'");
        send(context, "text/html; charset=utf-8", page);
    }

    private static void send(RoutingContext context, String type, String body) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .end(body);
    }

    static String toJson(String yaml) {
        try {
            return new ObjectMapper().writeValueAsString(new ObjectMapper(new YAMLFactory()).readTree(yaml));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The committed description cannot be read", unreadable);
        }
    }

    private static String versionIn(String properties) {
        Properties read = new Properties();
        try {
            read.load(new StringReader(properties));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return read.getProperty("version", "");
    }

    private static String page(String version) {
        return """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>API – Timetether</title><link rel="icon" href="/start.svg" type="image/svg+xml">
                <link rel="stylesheet" href="/webjars/swagger-ui/%1$s/swagger-ui.css"></head>
                <body><div id="api"></div>
                <script src="/webjars/swagger-ui/%1$s/swagger-ui-bundle.js"></script><script src="/docs.js"></script></body>
                </html>
                """.formatted(version);
    }
}
