package io.timetether.calendarsync.graph;

/**
 * A single-value extended property, by which an event can be recognised and found.
 *
 * @param id as Graph wants it: {@code String {guid} Name Foo}; the name is case-sensitive
 */
public record ExtendedProperty(String id, String value) {}
