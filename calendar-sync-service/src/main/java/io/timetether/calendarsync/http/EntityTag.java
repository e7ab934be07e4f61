package io.timetether.calendarsync.http;

import org.jspecify.annotations.Nullable;

/** The version of a resource as an entity tag: {@code "7"}. */
public final class EntityTag {

    private EntityTag() {}

    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /** Refuses a write without If-Match (428) or with that of another version (412). {@code *} matches every version. */
    public static void require(@Nullable String ifMatch, long currentVersion) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw ProblemType.PRECONDITION_REQUIRED.because(
                    "Read it first and send its ETag as If-Match, so that nobody's change is lost.");
        }
        requireIfPresent(ifMatch, currentVersion);
    }

    /** As {@link #require}, but lets a request without the header pass. */
    public static void requireIfPresent(@Nullable String ifMatch, long currentVersion) {
        if (ifMatch == null || ifMatch.isBlank() || ifMatch.equals("*")) {
            return;
        }
        for (String tag : ifMatch.split(",")) {
            if (tag.strip().equals(of(currentVersion))) {
                return;
            }
        }
        throw new ProblemException(Problem.of(
                        ProblemType.PRECONDITION_FAILED, "Read it again, look at what changed, and repeat your change.")
                .with("currentVersion", currentVersion));
    }
}
