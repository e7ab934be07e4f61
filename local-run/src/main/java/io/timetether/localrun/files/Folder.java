package io.timetether.localrun.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder with all that is in it. */
public final class Folder {

    private Folder() {}

    /** Deletes it and everything below; links are removed, not followed. Nothing happens when it is not there. */
    public static void delete(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + root, e);
        }
    }

    /** Deletes everything in it but one file. */
    public static void empty(Path folder, Path but) {
        try (Stream<Path> children = Files.list(folder)) {
            children.filter(child -> !child.equals(but)).toList().forEach(Folder::delete);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty " + folder, e);
        }
    }
}
