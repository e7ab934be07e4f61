package io.timetether.localrun.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server leaves in its data directory while it runs ({@code postmaster.pid}): its process id in the first line,
 * its data directory in the second. It survives a {@code kill -9}, and then means nothing by itself.
 */
record PostmasterFile(Path file, long pid) {

    static Optional<PostmasterFile> find(Path dataDirectory) {
        Path file = dataDirectory.resolve("postmaster.pid");
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.isEmpty() ? Optional.empty() : parse(file, lines.get(0));
        } catch (NoSuchFileException nobodyRuns) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Optional<PostmasterFile> parse(Path file, String firstLine) {
        try {
            // A stand-alone backend writes its id with a minus sign.
            return Optional.of(new PostmasterFile(file, Math.abs(Long.parseLong(firstLine.strip()))));
        } catch (NumberFormatException cutShort) {
            return Optional.empty();
        }
    }
}
