package io.timetether.calendarsync.http;

/** One thing that is wrong with a request: the field (dotted path, or parameter or header name) and what would be right. */
public record Violation(String field, String message) {}
