package io.timetether.office365.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * One file of named maps. Every change runs inside {@link #write}, which is committed to the file before it returns, so whatever
 * has been answered survives a killed process. Writes are serialised over the whole stand-in; reads never wait for the file.
 */
public final class Store implements AutoCloseable {

    private static final ObjectMapper RECORDS = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setSerializationInclusion(JsonInclude.Include.NON_NULL);

    private final MVStore file;
    private final ReentrantLock writing = new ReentrantLock();

    private Store(MVStore file) {
        this.file = file;
    }

    /**
     * Opens the store.
     *
     * @param folder where the file lies (created when missing), or null for a store that lives in memory only
     */
    public static Store open(@Nullable Path folder) {
        MVStore.Builder builder = new MVStore.Builder().autoCommitDisabled();
        if (folder != null) {
            try {
                Files.createDirectories(folder);
            } catch (IOException cause) {
                throw new UncheckedIOException("cannot create the data folder " + folder, cause);
            }
            builder.fileName(folder.resolve("office365.mv").toString());
        }
        return new Store(builder.open());
    }

    /** A named map of records, kept as JSON. */
    public <V> Shelf<V> shelf(String name, Class<V> type) {
        return new Shelf<>(file.openMap(name), type);
    }

    /** Runs a change and commits it. Calls may be nested: the outermost one commits, or rolls the file back when it fails. */
    public <T extends @Nullable Object> T write(Supplier<T> change) {
        writing.lock();
        try {
            T result = change.get();
            if (writing.getHoldCount() == 1) {
                file.commit();
            }
            return result;
        } catch (RuntimeException failure) {
            if (writing.getHoldCount() == 1) {
                file.rollback();
            }
            throw failure;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        file.close();
    }

    /** One map of the store. */
    public final class Shelf<V> {
        private final MVMap<String, byte[]> map;
        private final Class<V> type;

        private Shelf(MVMap<String, byte[]> map, Class<V> type) {
            this.map = map;
            this.type = type;
        }

        public void put(String key, V value) {
            requireWriting();
            try {
                map.put(key, RECORDS.writeValueAsBytes(value));
            } catch (JsonProcessingException cause) {
                throw new UncheckedIOException(cause);
            }
        }

        public void remove(String key) {
            requireWriting();
            map.remove(key);
        }

        public @Nullable V find(String key) {
            byte[] json = map.get(key);
            return json == null ? null : read(json);
        }

        public void forEach(BiConsumer<String, V> reader) {
            map.forEach((key, json) -> reader.accept(key, read(json)));
        }

        private V read(byte[] json) {
            try {
                return RECORDS.readValue(json, type);
            } catch (IOException cause) {
                throw new UncheckedIOException(cause);
            }
        }

        private void requireWriting() {
            if (!writing.isHeldByCurrentThread()) {
                throw new IllegalStateException("a change outside Store.write would not be committed");
            }
        }
    }
}
