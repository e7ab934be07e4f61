package io.timetether.calendarsync.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.orm.JsonFormat;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.format.FormatMapper;

/** Columns of JSON are read as strictly as requests. */
@ApplicationScoped
@JsonFormat
@PersistenceUnitExtension
class JsonColumns implements FormatMapper {

    private final ObjectMapper json;

    JsonColumns(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public <T> T fromString(CharSequence text, JavaType<T> type, WrapperOptions options) {
        try {
            return json.readValue(text.toString(), json.constructType(type.getJavaType()));
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("a column of JSON cannot be read as " + type.getJavaType(), unreadable);
        }
    }

    @Override
    public <T> String toString(T value, JavaType<T> type, WrapperOptions options) {
        try {
            return json.writerFor(json.constructType(type.getJavaType())).writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a value cannot be written as JSON", impossible);
        }
    }
}
