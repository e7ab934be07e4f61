package io.timetether.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that begins as the operation's description allows it and is then spoiled in some places, by chance.
 *
 * @param target path and query, encoded
 * @param body the bytes as they are sent; empty where there are none
 */
record WildRequest(String method, String target, Map<String, String> headers, byte[] body) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "null",
            "\u0000",
            "a\u0000b",
            "\ud800",
            "\u202eevil",
            "\r\nSet-Cookie: a=b",
            "\ud83d\ude00".repeat(300),
            "a".repeat(5000),
            "-1",
            "0",
            "99999999999999999999",
            "NaN",
            "1e400",
            "'; DROP TABLE appointment; --",
            "%",
            "\\",
            "<script>alert(1)</script>",
            "../../etc/passwd",
            "2026-02-30T25:61:00Z",
            "2026-06-01T10:00:00",
            "2026-06-01T10:00:00+25:00",
            "9999-12-31T23:59:59.999999999Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "0000-00-00",
            "-0001-01-01",
            "9999-12-31",
            "Europe/Nowhere",
            "GMT+99",
            "00000000-0000-0000-0000-000000000000",
            "1-1-1-1-1",
            "24:00",
            "24:01",
            "true");

    /** @param ids as for {@link SampleRequest} */
    static WildRequest of(Operation operation, Map<String, String> ids, List<String> authorizations, Random random) {
        SampleRequest sample = SampleRequest.of(operation, ids);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", pick(random, "application/json", "application/json", "*/*", "text/html", "nonsense"));
        headers.put("X-Timetether-Request", "1");
        some(
                headers,
                "If-Match",
                pick(random, "*", "*", "\"1\"", "W/\"1\"", "1", "\"-1\"", "\"99999999999999999999\"", ""));
        some(
                headers,
                "Idempotency-Key",
                pick(random, UUID.randomUUID().toString(), UUID.randomUUID().toString(), "k", "k".repeat(4000), ""));
        some(headers, "Authorization", authorizations.get(random.nextInt(authorizations.size())));
        byte[] body = {};
        if (sample.body() != null) {
            headers.put("Content-Type", operation.bodyType());
            body = spoiled(sample.body(), random).toString().getBytes(StandardCharsets.UTF_8);
            switch (random.nextInt(20)) {
                case 0 -> headers.put("Content-Type", pick(random, "text/plain", "application/xml", "nonsense"));
                case 1 -> body = Arrays.copyOf(body, random.nextInt(body.length + 1));
                case 2 -> body[random.nextInt(body.length)] = (byte) random.nextInt(256);
                case 3 -> headers.put("Content-Type", operation.bodyType() + "; charset=utf-16");
                case 4 -> body = new byte[0];
                default -> {}
            }
        }
        return new WildRequest(operation.method(), target(operation, sample.target(), random), headers, body);
    }

    private static void some(Map<String, String> headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.put(name, value);
        }
    }

    private static String target(Operation operation, String sample, Random random) {
        String path = sample.replaceFirst("\\?.*", "");
        if (operation.namesThings() && random.nextInt(4) == 0) {
            String[] described = operation.path().split("/");
            String[] parts = path.split("/");
            for (int i = 0; i < parts.length; i++) {
                if (described[i].startsWith("{")) {
                    parts[i] = encoded(text(random));
                }
            }
            path = String.join("/", parts);
        }
        List<String> pairs = new ArrayList<>();
        if (sample.contains("?")) {
            pairs.addAll(List.of(sample.substring(sample.indexOf('?') + 1).split("&")));
        }
        operation.described().path("parameters").forEach(parameter -> {
            if (parameter.path("in").asText().equals("query") && random.nextInt(3) == 0) {
                String name = parameter.path("name").asText();
                if (random.nextBoolean()) {
                    pairs.removeIf(pair -> pair.startsWith(name + "="));
                }
                pairs.add(name + "=" + encoded(text(random)));
            }
        });
        return pairs.isEmpty() ? path : path + "?" + String.join("&", pairs);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** One, two or three places of it are something else. */
    private static JsonNode spoiled(JsonNode sample, Random random) {
        JsonNode body = sample.deepCopy();
        for (int i = random.nextInt(4); i > 0; i--) {
            List<JsonNode> inner = new ArrayList<>();
            collect(body, inner);
            if (inner.isEmpty() || random.nextInt(20) == 0) {
                return anything(random);
            }
            spoil(inner.get(random.nextInt(inner.size())), random);
        }
        return body;
    }

    private static void collect(JsonNode node, List<JsonNode> inner) {
        if (node.isContainerNode()) {
            inner.add(node);
            node.forEach(child -> collect(child, inner));
        }
    }

    private static void spoil(JsonNode node, Random random) {
        if (node instanceof ArrayNode array) {
            array.add(array.isEmpty() || random.nextBoolean() ? anything(random) : array.get(0));
        } else if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.isEmpty() ? "" : names.get(random.nextInt(names.size()));
            if (random.nextInt(6) == 0) {
                object.remove(name);
            } else {
                object.set(name, anything(random));
            }
        }
    }

    private static @Nullable JsonNode anything(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.numberNode(random.nextLong());
            case 2 -> NODES.numberNode(BigInteger.TEN.pow(40));
            case 3 -> NODES.numberNode(-0.5);
            case 4 -> NODES.booleanNode(true);
            case 5 -> NODES.objectNode();
            case 6 -> deep(150);
            case 7 -> many(600);
            default -> NODES.textNode(text(random));
        };
    }

    private static JsonNode deep(int levels) {
        ArrayNode node = NODES.arrayNode();
        for (int i = 0; i < levels; i++) {
            node = NODES.arrayNode().add(node);
        }
        return node;
    }

    private static JsonNode many(int count) {
        ArrayNode node = NODES.arrayNode();
        for (int i = 0; i < count; i++) {
            node.add(UUID.nameUUIDFromBytes(new byte[] {(byte) i, (byte) (i >> 8)})
                    .toString());
        }
        return node;
    }

    @Override
    public String toString() {
        String text = new String(body, StandardCharsets.UTF_8);
        Map<String, String> shown = new LinkedHashMap<>(headers);
        shown.remove("Authorization");
        return method + " " + shortened(target) + " " + shortened(shown.toString()) + " " + shortened(text);
    }

    private static String shortened(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "… (" + text.length() + ")";
    }
}
