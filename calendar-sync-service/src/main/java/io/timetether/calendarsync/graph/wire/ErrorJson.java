package io.timetether.calendarsync.graph.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Graph's error body. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ErrorJson(@Nullable Detail error) {

    /** One level; the inner ones are more specific. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Detail(
            @Nullable String code,
            @Nullable String message,
            @JsonProperty("innerError") @Nullable Detail innerError) {

        /** All codes, the most specific first. */
        public List<String> codes() {
            List<String> codes = new ArrayList<>();
            Detail level = this;
            while (level != null && codes.size() < 10) {
                if (level.code != null && !level.code.isBlank()) {
                    codes.addFirst(level.code);
                }
                level = level.innerError;
            }
            return codes;
        }
    }
}
