package io.timetether.localrun.postgres;

import io.timetether.localrun.files.Folder;
import io.timetether.localrun.files.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Where one server lives: its data, its binaries when they are its own, and the state an earlier start left there. */
final class ServerDirectory {

    private static final String MAJOR_VERSION = "18";

    private final Path home;
    private final boolean temporary;

    private ServerDirectory(Path home, boolean temporary) {
        this.home = home;
        this.temporary = temporary;
    }

    static ServerDirectory kept(Path home) {
        try {
            Files.createDirectories(home);
            return new ServerDirectory(home.toRealPath(), false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + home, e);
        }
    }

    /** A new directory below the system's own; those of test runs that were killed are cleared away first. */
    static ServerDirectory temporary() {
        try {
            Path parent = Path.of(
                    System.getProperty("java.io.tmpdir"), "timetether-postgres-" + System.getProperty("user.name"));
            Files.createDirectories(parent);
            clearAwayTheDead(parent.toRealPath());
            String name = ProcessHandle.current().pid() + "-";
            return new ServerDirectory(Files.createTempDirectory(parent.toRealPath(), name), true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary directory", e);
        }
    }

    private static void clearAwayTheDead(Path parent) throws IOException {
        List<Path> dead;
        try (Stream<Path> children = Files.list(parent)) {
            dead = children.filter(child -> !isOwnerAlive(child)).toList();
        }
        for (Path child : dead) {
            ServerDirectory abandoned = new ServerDirectory(child, true);
            LeftoverPostgres.stop(abandoned.data(), abandoned.executables());
            abandoned.forgetIfTemporary();
        }
    }

    private static boolean isOwnerAlive(Path child) {
        String owner = child.getFileName().toString().replaceFirst("-.*", "");
        return !owner.matches("\\d{1,18}")
                || ProcessHandle.of(Long.parseLong(owner)).isPresent();
    }

    Path home() {
        return home;
    }

    Path data() {
        return home.resolve("data");
    }

    /** Own binaries for a kept server, so that clearing the temporary folder never takes them from under it. */
    Optional<Path> binaries() {
        return temporary ? Optional.empty() : Optional.of(home.resolve("binaries"));
    }

    /** A folder in which only executables of this server lie; empty for temporary ones, which share theirs. */
    Path executables() {
        return home.resolve("binaries");
    }

    Path passwordFile() {
        return home.resolve("superuser-password");
    }

    Optional<String> password() {
        return temporary ? Optional.empty() : Optional.of(readOrMakePassword());
    }

    /** A kept server may have to replay its log after a crash. */
    Duration startWait() {
        return temporary ? Duration.ofSeconds(30) : Duration.ofSeconds(120);
    }

    /** Brings the directory into a state to start on, whatever was killed there before. */
    void recover(Consumer<String> notice) {
        LeftoverPostgres.stop(data(), executables())
                .forEach(pid -> notice.accept("PostgreSQL of an earlier start was still running (process " + pid
                        + "); it was stopped and its data kept."));
        try {
            if (Files.exists(data()) && !Files.exists(completed())) {
                // The very first start never came to its end: there is nothing in it yet.
                Folder.delete(data());
            }
            refuseAnotherVersion();
            forgetHalfUnpackedBinaries();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + home, e);
        }
    }

    /** From now on the data is worth keeping. */
    void complete() throws IOException {
        if (!Files.exists(completed())) {
            Files.createFile(completed());
        }
    }

    void forgetIfTemporary() {
        if (temporary) {
            Folder.delete(home);
        }
    }

    private Path completed() {
        return home.resolve("data-complete");
    }

    private void refuseAnotherVersion() throws IOException {
        Path version = data().resolve("PG_VERSION");
        if (Files.exists(version) && !Files.readString(version).strip().equals(MAJOR_VERSION)) {
            throw new IllegalStateException("The data in " + data() + " is of PostgreSQL "
                    + Files.readString(version).strip() + ", this is " + MAJOR_VERSION
                    + ". ./run --reset starts anew without that data.");
        }
    }

    private void forgetHalfUnpackedBinaries() throws IOException {
        Path binaries = home.resolve("binaries");
        if (!Files.isDirectory(binaries)) {
            return;
        }
        List<Path> halfUnpacked;
        try (Stream<Path> children = Files.list(binaries)) {
            halfUnpacked = children.filter(child -> !Files.exists(child.resolve(".exists")))
                    .toList();
        }
        for (Path child : halfUnpacked) {
            Folder.delete(child);
        }
    }

    private String readOrMakePassword() {
        if (Files.exists(passwordFile())) {
            return PrivateFile.read(passwordFile());
        }
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        PrivateFile.write(passwordFile(), made);
        return made;
    }
}
