package io.timetether.scheduling;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive connection that speaks no more HTTP than it must: who measures a service on the machine that carries it
 * takes as little as possible of what is measured. Not for several threads at once.
 */
final class PlainHttp implements AutoCloseable {

    /** What was answered. */
    record Reply(int status, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private final String always;

    PlainHttp(String origin, String token) throws IOException {
        URI uri = URI.create(origin);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        in = new BufferedInputStream(socket.getInputStream(), 16_384);
        out = socket.getOutputStream();
        always = " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nAuthorization: Bearer " + token + "\r\n";
    }

    Reply get(String path) throws IOException {
        return exchange("GET " + path + always + "\r\n");
    }

    Reply post(String path, String key, String json) throws IOException {
        return exchange("POST " + path + always + "Idempotency-Key: " + key
                + "\r\nContent-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n" + json);
    }

    private Reply exchange(String request) throws IOException {
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        int status = Integer.parseInt(line().split(" ")[1]);
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                throw new IOException("not understood: " + header);
            }
        }
        return new Reply(status, in.readNBytes(length));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection was closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
