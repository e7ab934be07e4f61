package io.timetether.calendarsync.publish;

import io.timetether.calendarsync.plan.Sensitivity;
import io.timetether.calendarsync.plan.ShowAs;
import org.jspecify.annotations.Nullable;

/**
 * How a feed's appointments look in Office 365.
 *
 * @param prefix          the organisation's, mandatory: {@code [tt]}
 * @param titleTemplate   with the placeholders {@code {service} {client} {location} {number} {status}}
 * @param bodyTemplate    extra text for the body with the same placeholders and {@code {note}}, or null for none
 * @param clients         whether names and contacts of clients may be seen there
 * @param location        whether the location is written
 * @param reminderMinutes before the start; null for no reminder
 */
public record EventLook(
        String prefix,
        String titleTemplate,
        @Nullable String bodyTemplate,
        Clients clients,
        Location location,
        ShowAs showAs,
        Sensitivity sensitivity,
        @Nullable Integer reminderMinutes) {

    /** Whether readers of the calendar see who comes. */
    public enum Clients {
        SHOWN,
        HIDDEN
    }

    /** Whether readers of the calendar see where. */
    public enum Location {
        SHOWN,
        HIDDEN
    }

    /** Who reads the calendar besides its owner. */
    public enum Audience {
        OWNER_ALONE,
        SHARED_WITH_OTHERS
    }

    public static final String DEFAULT_PREFIX = "[tt]";
    public static final String DEFAULT_TITLE = "{service} – {client}";
    /** On a calendar that others read too, the client stays unnamed. */
    public static final String DEFAULT_SHARED_TITLE = "{service}";

    /** The look of a feed that nobody has changed anything about. */
    public static EventLook defaults(String prefix, Audience audience) {
        return switch (audience) {
            case OWNER_ALONE ->
                new EventLook(
                        prefix,
                        DEFAULT_TITLE,
                        null,
                        Clients.SHOWN,
                        Location.SHOWN,
                        ShowAs.BUSY,
                        Sensitivity.NORMAL,
                        15);
            case SHARED_WITH_OTHERS ->
                new EventLook(
                        prefix,
                        DEFAULT_SHARED_TITLE,
                        null,
                        Clients.HIDDEN,
                        Location.SHOWN,
                        ShowAs.BUSY,
                        Sensitivity.NORMAL,
                        15);
        };
    }
}
