package io.timetether.calendarsync.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.timetether.calendarsync.http.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a person wants to change about a feed's settings, over those that it has; a wrong one is a 400 that names it. */
@ApplicationScoped
public class SettingsChanges {

    private final ObjectMapper json;
    private final Validator validator;

    SettingsChanges(ObjectMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /** The settings with the change; what it leaves out stays. */
    public FeedSettings merged(FeedSettings current, @Nullable ObjectNode change) {
        if (change == null) {
            return current;
        }
        try {
            ObjectNode tree = json.valueToTree(current);
            change.properties().forEach(field -> {
                JsonNode old = tree.get(field.getKey());
                if (old instanceof ObjectNode map && field.getValue() instanceof ObjectNode more) {
                    map.setAll(more);
                } else {
                    tree.set(field.getKey(), field.getValue());
                }
            });
            FeedSettings settings = json.treeToValue(tree, FeedSettings.class);
            for (ConstraintViolation<FeedSettings> violation : validator.validate(settings)) {
                throw ProblemType.invalid("settings." + violation.getPropertyPath(), violation.getMessage());
            }
            return settings;
        } catch (JsonMappingException wrong) {
            String path = wrong.getPath().stream()
                    .map(JsonMappingException.Reference::getFieldName)
                    .filter(name -> name != null)
                    .collect(Collectors.joining("."));
            throw ProblemType.invalid("settings." + path, "is not a setting, or not a value that it can have");
        } catch (JsonProcessingException wrong) {
            throw ProblemType.invalid("settings", "must be an object of settings");
        }
    }
}
