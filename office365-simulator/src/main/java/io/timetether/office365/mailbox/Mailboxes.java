package io.timetether.office365.mailbox;

import io.timetether.office365.store.Store;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All mailboxes with their calendars and events, kept in memory and written through to the store. Readers see whole events only;
 * writers go through {@link #write}.
 */
public final class Mailboxes {

    /** What happened to an event, told after it has been committed. */
    public record Notice(Mailbox mailbox, CalendarFolder calendar, String change, Event event) {}

    /** Somebody who wants to know of every committed change. */
    public interface Listener {
        void changed(Notice notice);
    }

    private final Store store;
    private final Store.Shelf<Mailbox> mailboxShelf;
    private final Store.Shelf<CalendarFolder> calendarShelf;
    private final Store.Shelf<Event> eventShelf;
    private final Store.Shelf<Tombstone> tombstoneShelf;

    private final Map<String, Mailbox> byId = new ConcurrentHashMap<>();
    private final Map<String, Mailbox> byAddress = new ConcurrentHashMap<>();
    private final Map<String, CalendarFolder> calendars = new ConcurrentHashMap<>();
    private final Map<String, List<CalendarFolder>> calendarsOfMailbox = new ConcurrentHashMap<>();
    private final Map<String, CalendarContents> contents = new ConcurrentHashMap<>();
    private final Map<String, String> calendarOfEvent = new ConcurrentHashMap<>();
    private final Map<String, String> eventOfTransaction = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<Notice> untold = new ArrayList<>();
    private boolean writing;

    public Mailboxes(Store store) {
        this.store = store;
        mailboxShelf = store.shelf("mailboxes", Mailbox.class);
        calendarShelf = store.shelf("calendars", CalendarFolder.class);
        eventShelf = store.shelf("events", Event.class);
        tombstoneShelf = store.shelf("tombstones", Tombstone.class);
        mailboxShelf.forEach((id, mailbox) -> keep(mailbox));
        calendarShelf.forEach((id, calendar) -> keep(calendar));
        tombstoneShelf.forEach(
                (key, tombstone) -> contents(tombstone.calendarId()).bury(tombstone));
        eventShelf.forEach((key, event) -> keep(event));
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Runs a change of one or many events, commits it, then tells the listeners. */
    public <T extends @Nullable Object> T write(java.util.function.Supplier<T> change) {
        List<Notice> told = new ArrayList<>();
        T result = store.write(() -> {
            boolean outermost = !writing;
            writing = true;
            try {
                T value = change.get();
                if (outermost) {
                    told.addAll(untold);
                }
                return value;
            } finally {
                if (outermost) {
                    writing = false;
                    untold.clear();
                }
            }
        });
        told.forEach(notice -> listeners.forEach(listener -> listener.changed(notice)));
        return result;
    }

    /**
     * Creates a mailbox with its default calendar "Calendar".
     *
     * @throws Refusal 409 when the address is taken
     */
    public Mailbox create(String address, String displayName, String timeZone) {
        return write(() -> {
            if (find(address).isPresent()) {
                throw new Refusal(409, "ErrorAlreadyExists", "There is a mailbox " + address + " already.");
            }
            Mailbox mailbox = new Mailbox(UUID.randomUUID().toString(), address, displayName, timeZone);
            mailboxShelf.put(mailbox.id(), mailbox);
            keep(mailbox);
            addCalendar(mailbox, "Calendar", true);
            return mailbox;
        });
    }

    public Collection<Mailbox> all() {
        return byId.values().stream()
                .sorted(Comparator.comparing(Mailbox::address))
                .toList();
    }

    /** Finds a mailbox by object id or by address, in any case. */
    public Optional<Mailbox> find(String idOrAddress) {
        String name = idOrAddress.toLowerCase(Locale.ROOT);
        Mailbox mailbox = byId.get(name);
        return Optional.ofNullable(mailbox != null ? mailbox : byAddress.get(name));
    }

    /** The calendars of a mailbox, the default one first. */
    public List<CalendarFolder> calendarsOf(Mailbox mailbox) {
        return calendarsOfMailbox.getOrDefault(mailbox.id(), List.of());
    }

    public CalendarFolder defaultCalendar(Mailbox mailbox) {
        return calendarsOf(mailbox).getFirst();
    }

    public Optional<CalendarFolder> findCalendar(Mailbox mailbox, String id) {
        return Optional.ofNullable(calendars.get(id))
                .filter(calendar -> calendar.mailboxId().equals(mailbox.id()));
    }

    public CalendarFolder addCalendar(Mailbox mailbox, String name, boolean isDefault) {
        return write(() -> put(new CalendarFolder(
                "AAMkAC" + ItemIds.newKey() + "=", mailbox.id(), name, "auto", isDefault, true, 1, 1, null)));
    }

    /**
     * Shares a calendar with somebody, who finds a copy of it among their own, with an id of its own.
     *
     * @param canEdit whether they may write to it
     * @throws Refusal 400 when it is theirs, or a copy itself
     */
    public CalendarFolder share(CalendarFolder calendar, Mailbox with, boolean canEdit) {
        if (calendar.isShared() || calendar.mailboxId().equals(with.id())) {
            throw Refusal.invalidRequest("with: only one's own calendar can be shared, and with somebody else.");
        }
        return write(() -> put(new CalendarFolder(
                "AAMkAS" + ItemIds.newKey() + "=",
                with.id(),
                calendar.isDefault() ? ownerOf(calendar).displayName() : calendar.name(),
                "auto",
                false,
                canEdit,
                1,
                1,
                calendar.id())));
    }

    /** Whose events lie in a calendar: of a shared one, those of the person who shares it. */
    public Mailbox ownerOf(CalendarFolder calendar) {
        CalendarFolder own = calendars.getOrDefault(calendar.contentsId(), calendar);
        return byId.getOrDefault(own.mailboxId(), new Mailbox(own.mailboxId(), "", "", "UTC"));
    }

    /** The calendar of this mailbox, its own or a shared one, through which an event is seen. */
    Optional<CalendarFolder> folderOf(Mailbox mailbox, Event event) {
        return calendarsOf(mailbox).stream()
                .filter(calendar -> calendar.contentsId().equals(event.calendarId()))
                .findFirst();
    }

    public CalendarFolder rename(CalendarFolder calendar, String name, String color) {
        return write(() -> put(calendar.named(name, color)));
    }

    /** Whether clients may write to the calendar; a subscribed or a read-only shared one refuses them. */
    public CalendarFolder setEditable(CalendarFolder calendar, boolean editable) {
        return write(() -> put(calendar.editable(editable)));
    }

    /** Makes Exchange forget its synchronisation state: every delta token so far is answered 410 from now on. */
    public CalendarFolder forgetSyncState(CalendarFolder calendar) {
        return write(() -> put(calendar.nextGeneration()));
    }

    /** Deletes a calendar with all its events and the copies that others have of it; of such a copy, only the copy. */
    public void delete(CalendarFolder calendar) {
        write(() -> {
            if (!calendar.isShared()) {
                List.copyOf(contents(calendar.id()).all()).forEach(this::bury);
                calendars.values().stream()
                        .filter(copy -> calendar.id().equals(copy.sharedId()))
                        .toList()
                        .forEach(this::delete);
            }
            calendarShelf.remove(calendar.id());
            calendars.remove(calendar.id());
            arrange(calendar, List.of());
            return null;
        });
    }

    /** The events of a calendar, its own or of the one that it is a copy of; of one that does not exist: none. */
    public CalendarContents contents(String calendarId) {
        CalendarFolder folder = calendars.get(calendarId);
        return contents.computeIfAbsent(
                folder == null ? calendarId : folder.contentsId(), id -> new CalendarContents());
    }

    /** A short text that differs after every change to the mailbox's calendars or events: who remembers it knows whether to look again. */
    public String state(Mailbox mailbox) {
        StringBuilder state = new StringBuilder();
        for (CalendarFolder calendar : calendarsOf(mailbox)) {
            state.append(state.isEmpty() ? "" : ".")
                    .append(calendar.id(), 6, 12)
                    .append('-')
                    .append(calendar.version())
                    .append('-')
                    .append(contents(calendar.id()).head());
        }
        return state.toString();
    }

    /** The living event behind a key, in whichever calendar of the mailbox it lies, shared ones included. */
    public Optional<Event> findEvent(Mailbox mailbox, String key) {
        String calendarId = calendarOfEvent.get(key);
        return Optional.ofNullable(
                        calendarId == null ? null : contents(calendarId).find(key))
                .filter(event -> folderOf(mailbox, event).isPresent());
    }

    Optional<Event> findByTransaction(Mailbox mailbox, String transactionId) {
        return Optional.ofNullable(eventOfTransaction.get(mailbox.id() + "/" + transactionId))
                .flatMap(key -> findEvent(mailbox, key));
    }

    /** Stores a new or changed event at the end of its calendar's log. Only inside {@link #write}. */
    Event put(Event event, String change) {
        Event placed = event.at(contents(event.calendarId()).head() + 1);
        tombstoneShelf.remove(tombstoneKey(event.calendarId(), event.key()));
        eventShelf.put(placed.key(), placed);
        keep(placed);
        tell(placed, change);
        return placed;
    }

    /** Takes an event out of its calendar for good. Only inside {@link #write}. */
    void remove(Event event) {
        bury(event);
        tell(event, "deleted");
    }

    /** Takes an event from its calendar to another one. Only inside {@link #write}. */
    Event move(Event event, Event moved) {
        bury(event);
        tell(event, "deleted");
        return put(moved, "created");
    }

    private void bury(Event event) {
        CalendarContents calendar = contents(event.calendarId());
        Tombstone tombstone = new Tombstone(event.key(), event.calendarId(), event.moves(), calendar.head() + 1);
        tombstoneShelf.put(tombstoneKey(event.calendarId(), event.key()), tombstone);
        eventShelf.remove(event.key());
        calendar.bury(tombstone);
        calendarOfEvent.remove(event.key());
        if (event.transactionId() != null) {
            eventOfTransaction.remove(event.mailboxId() + "/" + event.transactionId());
        }
    }

    private void tell(Event event, String change) {
        Mailbox mailbox = byId.get(event.mailboxId());
        CalendarFolder calendar = calendars.get(event.calendarId());
        if (mailbox != null && calendar != null) {
            untold.add(new Notice(mailbox, calendar, change, event));
        }
    }

    private CalendarFolder put(CalendarFolder calendar) {
        calendarShelf.put(calendar.id(), calendar);
        keep(calendar);
        return calendar;
    }

    private void keep(Mailbox mailbox) {
        byId.put(mailbox.id(), mailbox);
        byAddress.put(mailbox.address().toLowerCase(Locale.ROOT), mailbox);
    }

    private void keep(CalendarFolder calendar) {
        calendars.put(calendar.id(), calendar);
        arrange(calendar, List.of(calendar));
    }

    /** Puts something (or nothing) in the place of a calendar in its mailbox's list. */
    private void arrange(CalendarFolder calendar, List<CalendarFolder> instead) {
        calendarsOfMailbox.merge(
                calendar.mailboxId(),
                instead,
                (before, now) -> Stream.concat(
                                before.stream().filter(one -> !one.id().equals(calendar.id())), now.stream())
                        .sorted(Comparator.comparing((CalendarFolder one) -> !one.isDefault())
                                .thenComparing(CalendarFolder::name)
                                .thenComparing(CalendarFolder::id))
                        .toList());
    }

    private void keep(Event event) {
        contents(event.calendarId()).put(event);
        calendarOfEvent.put(event.key(), event.calendarId());
        if (event.transactionId() != null) {
            eventOfTransaction.put(event.mailboxId() + "/" + event.transactionId(), event.key());
        }
    }

    private static String tombstoneKey(String calendarId, String eventKey) {
        return calendarId + "/" + eventKey;
    }
}
