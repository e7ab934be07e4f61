package io.timetether.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.timetether.gateway.world.Browser;
import io.timetether.gateway.world.World;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagesIT {

    private final World world = World.get();

    @ParameterizedTest
    @CsvSource({
        "/, text/html, Sign in",
        "/start.css, text/css, .card",
        "/start.js, text/javascript, session",
        "/problems, text/html, slot-taken",
        "/problems/slot-taken, text/html, alternatives",
        "/docs, text/html, swagger-ui",
        "/openapi/gateway.yaml, application/yaml, openapi:",
        "/openapi/gateway.json, application/json, openapi",
        "/q/health/ready, application/json, UP",
        "/q/metrics, openmetrics, jvm_"
    })
    void showsItsPagesWithSecurityHeaders(String path, String type, String content) throws Exception {
        HttpResponse<String> response = new Browser().get(world.gateway.url(path));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type").orElse("")).contains(type);
        assertThat(response.body()).contains(content);
        assertThat(response.headers().firstValue("content-security-policy").orElse(""))
                .contains("default-src 'self'", "frame-ancestors 'none'");
    }

    @Test
    void servesTheCommittedDescriptionByteForByte() throws Exception {
        String committed = Files.readString(Path.of(System.getProperty("timetether.root"), "openapi/gateway.yaml"));

        assertThat(new Browser().get(world.gateway.url("/openapi/gateway.yaml")).body())
                .isEqualTo(committed);
    }

    @Test
    void showsTheDescriptionFromFilesOfItsOwn() throws Exception {
        String page = new Browser().get(world.gateway.url("/docs")).body();

        assertThat(page).doesNotContain("http://", "https://");
        Matcher asset = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"").matcher(page);
        int found = 0;
        while (asset.find()) {
            found++;
            assertThat(new Browser().get(world.gateway.url(asset.group(1))).statusCode())
                    .as(asset.group(1))
                    .isEqualTo(200);
        }
        assertThat(found).isEqualTo(4);
    }

    @Test
    void compressesItsOwnPages() throws Exception {
        HttpResponse<String> response =
                new Browser().get(world.gateway.url("/openapi/gateway.yaml"), "Accept-Encoding", "gzip");
        assertThat(response.headers().firstValue("content-encoding")).contains("gzip");
    }

    @Test
    void showsFiguresToNobodyWhoComesThroughAProxy() throws Exception {
        assertThat(new Browser()
                        .get(world.gateway.url("/q/metrics"), "X-Forwarded-For", "127.0.0.1")
                        .statusCode())
                .isEqualTo(404);
        assertThat(new Browser()
                        .get(world.gateway.url("/q/health"), "X-Forwarded-For", "127.0.0.1")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersNotFoundForAnUnknownProblem() throws Exception {
        assertThat(new Browser().get(world.gateway.url("/problems/nope")).statusCode())
                .isEqualTo(404);
    }
}
