package io.timetether.calendarsync.identity;

/**
 * Seals what must not be read in the database: token caches, hidden subjects, client secrets. Authenticated encryption
 * (Tink, AES-GCM); the sealed text names its key and is bound to its row.
 */
public final class TokenCipher {

    private final SecretKeys keys;

    public TokenCipher(SecretKeys keys) {
        this.keys = keys;
    }

    /**
     * Seals a text with the first key.
     *
     * @param row what the text belongs to, for example {@code feed-item/<id>}; needed again to open it
     */
    public String seal(String text, String row) {
        throw new UnsupportedOperationException(keys + text + row);
    }

    /**
     * Opens a sealed text.
     *
     * @throws SealBroken if its key is not configured any more, or the text was changed or moved to another row
     */
    public String open(String sealed, String row) {
        throw new UnsupportedOperationException(keys + sealed + row);
    }

    /** Whether the text was sealed with a key that is no longer the first: open it, seal it again, store it. */
    public boolean isStale(String sealed) {
        throw new UnsupportedOperationException(keys + sealed);
    }

    /** A sealed text that cannot be opened here. */
    public static final class SealBroken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SealBroken(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
