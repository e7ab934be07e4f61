package io.timetether.gateway.figures;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends a request whenever its time has come, however the ones before fare, and measures from that time on: what waits in a
 * queue is not forgotten. Plain sockets that stay open, so that little of what is measured is its own.
 */
final class OpenLoop {

    private static final int CONNECTIONS = 16;

    private final byte[] request;
    private final URI target;

    OpenLoop(String url, Map<String, String> headers) {
        this.target = URI.create(url);
        StringBuilder head = new StringBuilder("GET " + target.getRawPath() + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        this.request = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * What was measured.
     *
     * @param sorted microseconds from when a request was due until its answer was there
     * @param failed answers other than 200
     */
    record Latencies(long[] sorted, int failed) {
        double millis(double quantile) {
            return sorted[(int) Math.min(sorted.length - 1L, Math.round(quantile * sorted.length))] / 1000.0;
        }
    }

    /** Each of the connections has every sixteenth request; at the rates measured here none is late for its next. */
    Latencies run(int perSecond, int seconds) throws InterruptedException {
        int count = perSecond * seconds;
        long[] micros = new long[count];
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger next = new AtomicInteger();
        long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        Thread[] threads = new Thread[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            threads[i] = Thread.ofPlatform().start(() -> {
                try (Connection connection = new Connection()) {
                    for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                        long due = begin + n * 1_000_000_000L / perSecond;
                        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                            LockSupport.parkNanos(wait);
                        }
                        if (connection.ask() != 200) {
                            failed.incrementAndGet();
                        }
                        micros[n] = (System.nanoTime() - due) / 1_000;
                    }
                } catch (IOException lost) {
                    throw new UncheckedIOException(lost);
                }
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Arrays.sort(micros);
        return new Latencies(micros, failed.get());
    }

    private final class Connection implements AutoCloseable {
        private final Socket socket;
        private final BufferedOutputStream out;
        private final InputStream in;
        private final byte[] buffer = new byte[16 * 1024];

        Connection() throws IOException {
            socket = new Socket(target.getHost(), target.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            out = new BufferedOutputStream(socket.getOutputStream());
            in = socket.getInputStream();
        }

        /** The status of the answer, which has a Content-Length. */
        int ask() throws IOException {
            out.write(request);
            out.flush();
            int filled = 0;
            int needed = Integer.MAX_VALUE;
            while (filled < needed) {
                int read = in.read(buffer, filled, buffer.length - filled);
                if (read < 0) {
                    throw new IOException("closed");
                }
                filled += read;
                if (needed == Integer.MAX_VALUE) {
                    needed = lengthOf(new String(buffer, 0, filled, StandardCharsets.ISO_8859_1));
                }
            }
            return Integer.parseInt(new String(buffer, 9, 3, StandardCharsets.US_ASCII));
        }

        private static int lengthOf(String answer) {
            int end = answer.indexOf("\r\n\r\n");
            if (end < 0) {
                return Integer.MAX_VALUE;
            }
            int name = answer.toLowerCase(java.util.Locale.ROOT).indexOf("\r\ncontent-length:");
            int value = name + "\r\ncontent-length:".length();
            return end
                    + 4
                    + Integer.parseInt(answer.substring(value, answer.indexOf("\r\n", value))
                            .trim());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
