package io.timetether.scheduling.http;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads parameters of the address so that a wrong one is a 400 that names it, not the framework's 404. */
@Provider
class ParameterConverters implements ParamConverterProvider {

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
        Function<String, Object> parser = parser(type);
        if (parser == null) {
            return null;
        }
        return (ParamConverter<T>) new Converter(name(annotations), Expected.of(type), parser);
    }

    private static @Nullable Function<String, Object> parser(Class<?> type) {
        if (type == UUID.class) {
            return ParameterConverters::uuid;
        }
        if (type == Instant.class) {
            // A plus sign that was not escaped arrives as a blank.
            return text -> instant(text.replace(' ', '+'));
        }
        if (type == LocalDate.class) {
            return LocalDate::parse;
        }
        if (type == Integer.class || type == int.class) {
            return Integer::valueOf;
        }
        if (type == Long.class || type == long.class) {
            return Long::valueOf;
        }
        if (type == Boolean.class || type == boolean.class) {
            return ParameterConverters::truth;
        }
        if (type.isEnum()) {
            return text -> Arrays.stream(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(text))
                    .findFirst()
                    .orElseThrow(IllegalArgumentException::new);
        }
        return null;
    }

    private static Instant instant(String text) {
        OffsetDateTime time = OffsetDateTime.parse(text);
        if (time.getYear() < 1900 || time.getYear() > 9998) {
            throw new DateTimeException("beyond what is kept");
        }
        return time.toInstant();
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** Only the full form: {@link UUID#fromString} also takes "1-1-1-1-1". */
    private static UUID uuid(String text) {
        if (text.length() != 36) {
            throw new IllegalArgumentException(text);
        }
        return UUID.fromString(text);
    }

    private static String name(Annotation[] annotations) {
        for (Annotation annotation : annotations) {
            if (annotation instanceof QueryParam query) {
                return query.value();
            }
            if (annotation instanceof PathParam path) {
                return path.value();
            }
            if (annotation instanceof HeaderParam header) {
                return header.value();
            }
        }
        return "";
    }

    private record Converter(String name, String expected, Function<String, Object> parser)
            implements ParamConverter<Object> {

        @Override
        public @Nullable Object fromString(@Nullable String text) {
            if (text == null || text.isEmpty()) {
                return null;
            }
            try {
                return parser.apply(text);
            } catch (RuntimeException e) {
                Problem problem = Problem.invalid(List.of(new Violation(name, "must be " + expected)));
                throw new WebApplicationException(
                        new ProblemException(problem), Response.status(400).build());
            }
        }

        @Override
        public String toString(Object value) {
            return value.toString();
        }
    }
}
