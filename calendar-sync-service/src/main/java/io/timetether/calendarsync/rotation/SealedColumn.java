package io.timetether.calendarsync.rotation;

import io.timetether.calendarsync.authorization.AuthorizationFlow;
import io.timetether.calendarsync.feed.FeedItem;
import io.timetether.calendarsync.http.IdempotencyKeys;
import io.timetether.calendarsync.identity.ConnectionRef;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * A column that holds sealed texts.
 *
 * @param key the column whose value the text is bound to
 * @param row what a text is bound to, from that value
 */
record SealedColumn(String table, String key, String column, Function<UUID, String> row) {

    /** All that there are; a test compares them with what the service writes. */
    static final List<SealedColumn> ALL = List.of(
            new SealedColumn("connection", "id", "token_cache", id -> new ConnectionRef(id).row()),
            new SealedColumn("authorization_flow", "id", "verifier", AuthorizationFlow::row),
            new SealedColumn("authorization_flow", "id", "nonce", AuthorizationFlow::row),
            new SealedColumn("authorization_flow", "id", "code", AuthorizationFlow::row),
            new SealedColumn("idempotency_key", "makes", "answer", IdempotencyKeys::row),
            new SealedColumn("feed_item", "item_id", "subject_sealed", FeedItem::sealedRow));

    @Override
    public String toString() {
        return table + "." + column;
    }
}
