package io.timetether.localrun.postgres;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarFile;

/**
 * A release of PostgreSQL.
 *
 * @param locale options of initdb, besides the locale C
 */
record Release(PgBinaryResolver binaries, Map<String, String> locale) {

    /** The provider "builtin" is the same on every system; libc's C.UTF-8 is not on macOS. */
    static final Release OURS = new Release(
            DefaultPostgresBinaryResolver.INSTANCE, Map.of("locale-provider", "builtin", "builtin-locale", "C.UTF-8"));

    /** An older one, which may not know that provider. */
    static Release in(Path jar) {
        return new Release((system, machine) -> packed(jar), Map.of());
    }

    /** The jar of one machine holds one archive. */
    private static InputStream packed(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            var archive = file.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new FileNotFoundException("no PostgreSQL in " + jar));
            return new ByteArrayInputStream(file.getInputStream(archive).readAllBytes());
        }
    }
}
