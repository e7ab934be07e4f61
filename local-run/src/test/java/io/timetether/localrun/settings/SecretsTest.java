package io.timetether.localrun.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path folder;

    @Test
    void makesASecretOnceAndKeepsItForItsOwnerOnly() throws Exception {
        Path file = folder.resolve("secrets");
        String password = Secrets.keptIn(file).password("one");
        String keys = Secrets.keptIn(file).encryptionKeys("keys");

        Secrets again = Secrets.keptIn(file);
        assertThat(again.password("one")).isEqualTo(password);
        assertThat(again.encryptionKeys("keys")).isEqualTo(keys);
        assertThat(again.password("two")).isNotEqualTo(password);
        assertThat(Base64.getDecoder().decode(keys.replaceFirst("^k1:", ""))).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
