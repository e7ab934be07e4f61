package io.timetether.calendarsync;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser at Microsoft's sign-in page: opens the address, picks an account, accepts or leaves, and tells what was posted back. */
public final class SignInPage {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern HIDDEN = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"");

    private SignInPage() {}

    public static Map<String, String> accept(String authorizationUrl, String address) {
        return answer(authorizationUrl, address, "accept");
    }

    public static Map<String, String> cancel(String authorizationUrl, String address) {
        return answer(authorizationUrl, address, "cancel");
    }

    private static Map<String, String> answer(String authorizationUrl, String address, String decision) {
        URI url = URI.create(authorizationUrl);
        Map<String, String> form = query(url);
        form.put("account", address);
        form.put("decision", decision);
        String body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        try {
            HttpResponse<String> page = HTTP.send(
                    HttpRequest.newBuilder(URI.create(url.getScheme() + "://" + url.getAuthority() + url.getPath()))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            Map<String, String> posted = new LinkedHashMap<>();
            Matcher fields = HIDDEN.matcher(page.body());
            while (fields.find()) {
                posted.put(fields.group(1), fields.group(2).replace("&amp;", "&"));
            }
            if (posted.isEmpty()) {
                throw new IllegalStateException(page.statusCode() + " " + page.body());
            }
            return posted;
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    public static Map<String, String> query(URI url) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : url.getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }
}
