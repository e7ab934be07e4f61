package io.timetether.calendarsync.publish;

import io.timetether.calendarsync.graph.ExtendedProperty;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What makes an event in Office 365 recognisable as ours: an extended property under one fixed GUID, from the very first
 * write.
 *
 * @param installation this Timetether among others, stable over restarts
 */
public record EventMark(UUID installation, UUID organisationId, UUID appointmentId, UUID feedId) {

    /** Fixed for ever: events written years ago carry it. */
    public static final String PROPERTY_ID = "String {6f1b2c1e-8d4a-4a35-9a3c-2d7a5c0b94e1} Name TimetetherMark";

    private static final String VERSION = "tt1";

    /** As it is written, and searched for. */
    public ExtendedProperty property() {
        return new ExtendedProperty(PROPERTY_ID, value());
    }

    /** The value alone. */
    public String value() {
        return String.join(
                "/",
                VERSION,
                installation.toString(),
                organisationId.toString(),
                appointmentId.toString(),
                feedId.toString());
    }

    /** Reads a value; empty when it is not one of ours. Graph may change its case. */
    public static Optional<EventMark> parse(@Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        String[] parts = value.strip().split("/", -1);
        if (parts.length != 5 || !parts[0].equalsIgnoreCase(VERSION)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new EventMark(
                    UUID.fromString(parts[1]),
                    UUID.fromString(parts[2]),
                    UUID.fromString(parts[3]),
                    UUID.fromString(parts[4])));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /** Whether it was written by this installation for this organisation. */
    public boolean isOf(UUID thisInstallation, UUID thisOrganisation) {
        return installation.equals(thisInstallation) && organisationId.equals(thisOrganisation);
    }
}
