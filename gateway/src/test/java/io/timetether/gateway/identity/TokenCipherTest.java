package io.timetether.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.timetether.gateway.identity.TokenCipher.Sealed;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCipherTest {

    private static final String OLD = "old:" + key((byte) 1);
    private static final String NEW = "new:" + key((byte) 2);
    private static final byte[] ROW = SessionId.create().hash();

    @Test
    void opensWhatItHasSealedForTheRow() {
        TokenCipher cipher = new TokenCipher(OLD);
        assertThat(cipher.open(ROW, cipher.seal(ROW, "secret"))).contains("secret");
    }

    @Test
    void doesNotOpenInAnotherRow() {
        TokenCipher cipher = new TokenCipher(OLD);
        assertThat(cipher.open(SessionId.create().hash(), cipher.seal(ROW, "secret")))
                .isEmpty();
    }

    @Test
    void opensWithAnOlderKeyAndSealsWithTheNewOne() {
        Sealed before = new TokenCipher(OLD).seal(ROW, "secret");
        TokenCipher rotated = new TokenCipher(NEW + "," + OLD);
        assertThat(rotated.open(ROW, before)).contains("secret");
        assertThat(rotated.seal(ROW, "secret").keyId()).isEqualTo("new");
    }

    @Test
    void doesNotOpenUnderAnotherKeysName() {
        TokenCipher both = new TokenCipher(NEW + "," + OLD);
        Sealed sealed = both.seal(ROW, "secret");
        assertThat(both.open(ROW, new Sealed("old", sealed.ciphertext()))).isEmpty();
        assertThat(new TokenCipher(OLD).open(ROW, sealed)).isEmpty();
    }

    @Test
    void doesNotOpenWhatWasChanged() {
        TokenCipher cipher = new TokenCipher(OLD);
        Sealed sealed = cipher.seal(ROW, "secret");
        sealed.ciphertext()[sealed.ciphertext().length - 1] ^= 1;
        assertThat(cipher.open(ROW, sealed)).isEmpty();
    }

    @Test
    void derivesTheSameSecretEverywhereAndAnotherForEachPurpose() {
        assertThat(new TokenCipher(OLD).derive("a")).isEqualTo(new TokenCipher(OLD).derive("a"));
        assertThat(new TokenCipher(OLD).derive("a"))
                .isNotEqualTo(new TokenCipher(OLD).derive("b"))
                .isNotEqualTo(new TokenCipher(NEW).derive("a"))
                .hasSizeGreaterThanOrEqualTo(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " , ", "k", "k:", ":AAAA", "k:AAAA", "k:not base64!"})
    void saysWhatIsWrongWithKeys(String keys) {
        assertThatThrownBy(() -> new TokenCipher(keys)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String key(byte fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, fill);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
