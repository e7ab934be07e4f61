package io.timetether.calendarsync.plan;

/** One thing that the applier has to do; its outcome is recorded before the cursor is saved. */
public sealed interface SyncAction {

    /** Graph's id of the event concerned. */
    String remoteId();

    /** Put the item at scheduling-service (again) and record hash and verdict; lifts a hold on its removal. */
    record PutItem(RemoteEvent event, String contentHash, Verdict.Blocks item) implements SyncAction {
        @Override
        public String remoteId() {
            return event.id();
        }
    }

    /** Record an event that does not block and that scheduling-service does not hold. */
    record NoteVerdict(RemoteEvent event, String contentHash, Verdict.Ignored verdict) implements SyncAction {
        @Override
        public String remoteId() {
            return event.id();
        }
    }

    /** Remove the item at scheduling-service, then record its verdict or forget it, as the cause says. */
    record RemoveItem(String remoteId, RemovalCause cause) implements SyncAction {}

    /** Forget an item that scheduling-service never held: its event has vanished. */
    record ForgetItem(String remoteId) implements SyncAction {}

    /** An item whose removal was held has been seen again unchanged: the hold on it is lifted. */
    record KeepItem(String remoteId) implements SyncAction {}
}
