package io.timetether.localrun.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.timetether.localrun.files.PrivateFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/** The key that signs tokens; the one the library brings is known to everybody. */
final class SigningKey {

    private SigningKey() {}

    static JWK keptIn(@Nullable Path file) {
        try {
            if (file != null && Files.exists(file)) {
                return JWK.parse(PrivateFile.read(file));
            }
            JWK made =
                    new RSAKeyGenerator(2048).keyID(LocalIdentity.ISSUER_PATH).generate();
            if (file != null) {
                PrivateFile.write(file, made.toJSONString());
            }
            return made;
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException("The signing key in " + file + " cannot be used; delete that file.", e);
        }
    }
}
