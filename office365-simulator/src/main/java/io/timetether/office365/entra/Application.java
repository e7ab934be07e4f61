package io.timetether.office365.entra;

import java.util.List;

/** An application registered in the directory. Redirect addresses match exactly or not at all. */
public record Application(String id, String secret, List<String> redirectUris) {}
