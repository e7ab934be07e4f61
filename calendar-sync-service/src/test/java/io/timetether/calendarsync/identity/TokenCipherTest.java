package io.timetether.calendarsync.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.timetether.calendarsync.identity.TokenCipher.SealBroken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCipherTest {
    private static final String ONE = "one:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String TWO = "two:MTEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private final TokenCipher cipher = new TokenCipher(SecretKeys.parse(ONE));

    @Test
    void opensWhatItSealedInTheSameRowOnly() {
        String sealed = cipher.seal("geheim ✓", "row/1");
        assertThat(sealed).startsWith("one:").doesNotContain("geheim");
        assertThat(cipher.open(sealed, "row/1")).isEqualTo("geheim ✓");
        assertThatThrownBy(() -> cipher.open(sealed, "row/2")).isInstanceOf(SealBroken.class);
    }

    @Test
    void sealsTheSameTextDifferentlyEachTime() {
        assertThat(cipher.seal("x", "r")).isNotEqualTo(cipher.seal("x", "r"));
    }

    @Test
    void noticesEveryChange() {
        String sealed = cipher.seal("secret", "r");
        char last = sealed.charAt(sealed.length() - 4);
        String changed = sealed.substring(0, sealed.length() - 4)
                + (last == 'A' ? 'B' : 'A')
                + sealed.substring(sealed.length() - 3);
        assertThatThrownBy(() -> cipher.open(changed, "r")).isInstanceOf(SealBroken.class);
        assertThatThrownBy(() -> cipher.open("nonsense", "r")).isInstanceOf(SealBroken.class);
    }

    @Test
    void theFirstKeySealsAndAllOpen() {
        String old = cipher.seal("secret", "r");
        TokenCipher rotated = new TokenCipher(SecretKeys.parse(TWO + ",\n " + ONE));
        assertThat(rotated.isStale(old)).isTrue();
        assertThat(rotated.open(old, "r")).isEqualTo("secret");
        assertThat(rotated.isStale(rotated.seal("secret", "r"))).isFalse();
        assertThatThrownBy(() -> new TokenCipher(SecretKeys.parse(TWO)).open(old, "r"))
                .isInstanceOf(SealBroken.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nokey", "a:notbase64!!", "a:c2hvcnQ=", ONE + "," + ONE, "b d:xx", ":x"})
    void saysWhatIsWrongWithTheKeysWithoutTellingThem(String keys) {
        assertThatThrownBy(() -> SecretKeys.parse(keys))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TIMETETHER_SECRET_KEYS")
                .hasMessageNotContaining("c2hvcnQ")
                .hasMessageNotContaining("notbase64!!");
    }
}
