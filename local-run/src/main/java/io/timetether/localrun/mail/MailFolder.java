package io.timetether.localrun.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps mails as {@code .eml} files, so that they outlive a restart and any mail program can open them. */
final class MailFolder {

    private static final String ENDING = ".eml";
    private static final int SHOWN = 200;

    private final Path folder;
    private final Clock clock;
    private long latest;

    MailFolder(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + folder, e);
        }
    }

    /** Once this returns, the mail is kept. */
    synchronized void add(byte[] source) {
        latest = Math.max(latest + 1, clock.millis());
        Path file = folder.resolve(latest + ENDING);
        try {
            Path written = Files.write(folder.resolve(latest + ".new"), source);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** The newest first. */
    List<ReceivedMail> list() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted(Comparator.<String>comparingLong(Long::parseLong).reversed())
                    .limit(SHOWN)
                    .flatMap(id -> find(id).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    Optional<ReceivedMail> find(String id) {
        if (!id.matches("\\d{1,18}")) {
            return Optional.empty();
        }
        Path file = folder.resolve(id + ENDING);
        try {
            return Files.exists(file)
                    ? Optional.of(
                            ReceivedMail.read(id, Instant.ofEpochMilli(Long.parseLong(id)), Files.readAllBytes(file)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
