package io.timetether.calendarsync.connection;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a connection or feed does not run as it should, with the sentence and the remedy that people read. */
public enum Trouble {
    PLAN_UPGRADE_REQUIRED(
            "Calendar sync is not part of your organisation's plan.",
            "Ask your administrator to change to the plan Professional or Business; everything goes on by itself then."),
    SIGN_IN_EXPIRED("Microsoft no longer accepts the authorisation.", "Reconnect the account."),
    CONSENT_REQUIRED(
            "Your IT department must approve Timetether first.",
            "Ask an administrator of your Microsoft organisation to approve the app, then connect again."),
    DECLINED("The authorisation was declined on Microsoft's page.", "Connect again if that was not intended."),
    NOT_COMPLETED("The sign-in at Microsoft was not completed.", "Connect again."),
    MAILBOX_UNAVAILABLE(
            "The account has no mailbox in Office 365 that can be read.",
            "Check the account's licence, or connect another account."),
    CALENDAR_GONE(
            "The calendar was deleted or is no longer there.",
            "Choose another calendar or stop this feed; the busy time known so far stays until then."),
    ACCESS_WITHDRAWN(
            "Microsoft no longer allows access to this calendar.",
            "Ask its owner to share it again, or stop this feed; the busy time known so far stays until then."),
    REMOVALS_HELD(
            "Most entries would vanish at once, so the removals wait for you.",
            "Say whether that is right, or have the calendar read again."),
    PAUSED_BY_PERSON("Somebody paused this feed.", "Resume it."),
    MAILBOX_FULL("The mailbox is full, so appointments cannot be written to it.", "Make room in the mailbox."),
    NOT_WRITABLE("Microsoft does not allow writing to this calendar.", "Ask its owner for the right to edit.");

    private final String sentence;
    private final String remedy;

    Trouble(String sentence, String remedy) {
        this.sentence = sentence;
        this.remedy = remedy;
    }

    public String sentence() {
        return sentence;
    }

    public String remedy() {
        return remedy;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** From its name in the database. */
    public static Optional<Trouble> named(@Nullable String name) {
        return Optional.ofNullable(name).map(Trouble::valueOf);
    }
}
