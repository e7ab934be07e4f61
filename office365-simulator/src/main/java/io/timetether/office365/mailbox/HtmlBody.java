package io.timetether.office365.mailbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bodies as Exchange keeps them: a whole HTML document, whatever was sent; text is made from it on demand. */
public final class HtmlBody {

    private static final String HEAD =
            "<html><head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body>\r\n";
    private static final String FOOT = "\r\n</body></html>\r\n";
    private static final Pattern DOCUMENT = Pattern.compile("(?is)^\\s*(?:<!doctype[^>]*>\\s*)?<html.*");
    private static final Pattern INNER = Pattern.compile("(?is)^.*?<body[^>]*>\\s*(.*?)\\s*</body>.*$");
    private static final Pattern BREAK = Pattern.compile("(?i)(?:<br\\s*/?>|</(?:p|div|tr|li|h[1-6])>)\n?");
    private static final Pattern INVISIBLE = Pattern.compile("(?is)<(head|style|script)\\b.*?</\\1>");
    private static final Pattern TAG = Pattern.compile("(?s)<[^>]*>");

    private HtmlBody() {}

    /** The stored form of what a client sent. */
    static ObjectNode of(@Nullable JsonNode wish) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("contentType", "html");
        String content = wish == null ? "" : wish.path("content").asText("");
        if (content.isEmpty()) {
            return body.put("content", "");
        }
        boolean html =
                wish != null && "html".equalsIgnoreCase(wish.path("contentType").asText("text"));
        if (!html) {
            return body.put("content", HEAD + "<div class=\"PlainText\">" + escaped(content) + "</div>" + FOOT);
        }
        if (!DOCUMENT.matcher(content).matches()) {
            return body.put("content", HEAD + content + FOOT);
        }
        var inner = INNER.matcher(content);
        return body.put("content", inner.matches() ? HEAD + inner.group(1) + FOOT : content);
    }

    /** The words of a stored body. */
    public static String text(String html) {
        String visible = INVISIBLE.matcher(html).replaceAll("");
        String broken = BREAK.matcher(visible.replace("\r\n", "\n")).replaceAll("\n");
        return TAG.matcher(broken)
                .replaceAll("")
                .replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .strip();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r\n", "\n")
                .replace("\n", "<br>\r\n");
    }
}
