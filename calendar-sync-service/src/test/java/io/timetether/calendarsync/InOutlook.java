package io.timetether.calendarsync;

import io.timetether.office365.Outlook;
import io.timetether.office365.mailbox.ItemIds;
import io.timetether.office365.mailbox.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a person sees when they look at their calendar in Outlook: a year around today. */
record InOutlook(String id, String key, String subject, Instant startAt) {

    static List<InOutlook> all(Outlook outlook, String address) {
        Instant now = Instant.now();
        return outlook.occurrences(address, now.minus(Duration.ofDays(30)), now.plus(Duration.ofDays(380))).stream()
                .map(InOutlook::of)
                .toList();
    }

    static List<String> subjects(Outlook outlook, String address) {
        return all(outlook, address).stream().map(InOutlook::subject).toList();
    }

    /** The one event whose subject contains {@code part}. */
    static InOutlook find(Outlook outlook, String address, String part) {
        List<InOutlook> found = all(outlook, address).stream()
                .filter(event -> event.subject().contains(part))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("expected one event with " + part + ": " + found);
        }
        return found.getFirst();
    }

    private static InOutlook of(Occurrence row) {
        return new InOutlook(
                ItemIds.of(row.event(), row.date(), false),
                row.event().key(),
                row.details().path("subject").asText(),
                row.span().startAt());
    }
}
