package io.timetether.calendarsync.publish;

import io.timetether.calendarsync.account.MicrosoftAccount;
import io.timetether.calendarsync.account.RemoteCalendar;
import io.timetether.calendarsync.feed.FeedSettings;
import io.timetether.calendarsync.graph.EventDraft;
import io.timetether.calendarsync.plan.Sensitivity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** From a feed's settings to how its events look. PURE. */
final class Looks {

    private Looks() {}

    /** On a calendar that belongs to somebody else, the client stays unnamed unless the settings say otherwise. */
    static EventLook of(FeedSettings settings, String prefix, RemoteCalendar calendar, MicrosoftAccount account) {
        String owner = calendar.ownerAddress();
        boolean own = owner == null || owner.equalsIgnoreCase(account.address());
        EventLook usual = EventLook.defaults(
                prefix, own ? EventLook.Audience.OWNER_ALONE : EventLook.Audience.SHARED_WITH_OTHERS);
        Boolean clients = settings.showClients();
        String title = settings.titleTemplate();
        return new EventLook(
                prefix,
                title == null || title.isBlank() ? usual.titleTemplate() : title,
                settings.bodyTemplate(),
                clients == null ? usual.clients() : clients ? EventLook.Clients.SHOWN : EventLook.Clients.HIDDEN,
                settings.showLocation() ? EventLook.Location.SHOWN : EventLook.Location.HIDDEN,
                settings.eventShowAs(),
                // Who may write to somebody else's calendar may still not see what is private there: an event that we
                // could
                // not read again would be made anew each time.
                own ? settings.sensitivity() : Sensitivity.NORMAL,
                settings.reminderMinutes());
    }

    /** What we would write, as a hash: equal hashes need no request. */
    static String hash(EventDraft draft) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(draft.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
