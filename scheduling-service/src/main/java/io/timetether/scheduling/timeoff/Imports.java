package io.timetether.scheduling.timeoff;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.timetether.scheduling.changes.Changes;
import io.timetether.scheduling.changes.Changes.Item;
import io.timetether.scheduling.database.StaffLock;
import io.timetether.scheduling.number.Numbers;
import io.timetether.scheduling.timeoff.ExternalItem.Closed;
import io.timetether.scheduling.timeoff.ExternalItems.Known;
import io.timetether.scheduling.timeoff.ExternalItems.Wanted;
import io.timetether.scheduling.timeoff.Feeds.Feed;
import io.timetether.scheduling.timeoff.VerdictPlanner.Plan;
import io.timetether.scheduling.timeoff.VerdictPlanner.Sent;
import io.timetether.scheduling.timeoff.VerdictPlanner.Stored;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Puts and removes imported items, one transaction a batch, under the staff member's lock: the same one that bookings
 * take, so that a booking and an import never overlook each other. A lower fence changes nothing.
 */
@ApplicationScoped
class Imports {

    /** The verdict on one item that was put. */
    @Schema(name = "ItemResult")
    record Result(
            String itemId,
            String outcome,
            @Nullable String reasonCode,
            @Nullable Long number,
            @Nullable String detail,
            long version) {}

    sealed interface Outcome {

        record Imported(List<Result> results) implements Outcome {}

        record FeedUnknown() implements Outcome {}

        record FenceOvertaken(long currentFence) implements Outcome {}
    }

    private final Feeds feeds;
    private final ExternalItems items;
    private final StaffLock locks;
    private final Numbers numbers;
    private final Changes changes;
    private final Clock clock;

    Imports(Feeds feeds, ExternalItems items, StaffLock locks, Numbers numbers, Changes changes, Clock clock) {
        this.feeds = feeds;
        this.items = items;
        this.locks = locks;
        this.numbers = numbers;
        this.changes = changes;
        this.clock = clock;
    }

    /** Puts, then nothing is left of what is removed; an item in both lists is put. */
    Outcome apply(UUID organisationId, UUID feedId, long fence, List<ExternalItem> puts, List<String> removals) {
        Map<String, ExternalItem> byId = new LinkedHashMap<>();
        puts.forEach(item -> byId.put(item.itemId(), item));
        Set<String> removed = new HashSet<>(removals);
        removed.removeAll(byId.keySet());
        Optional<UUID> staffId = feeds.findStaffId(organisationId, feedId);
        if (staffId.isEmpty()) {
            return new Outcome.FeedUnknown();
        }
        long firstNumber = numbers.takeRow(organisationId, byId.size());
        return QuarkusTransaction.requiringNew().call(() -> {
            locks.take(staffId.stream().toList());
            Optional<Feed> feed = feeds.findForUpdate(organisationId, feedId).filter(found -> !found.deleted());
            if (feed.isEmpty()) {
                return new Outcome.FeedUnknown();
            }
            if (fence < feed.get().fence()) {
                return new Outcome.FenceOvertaken(feed.get().fence());
            }
            feeds.raiseFence(feed.get(), fence);
            return new Outcome.Imported(write(feed.get(), byId.values(), removed, firstNumber));
        });
    }

    /** Forgets the feed and all it brought; copies in other feeds take over. Repeating it does no harm. */
    Outcome forget(UUID organisationId, UUID feedId, long fence) {
        Optional<UUID> staffId = feeds.findStaffId(organisationId, feedId);
        if (staffId.isEmpty()) {
            return new Outcome.Imported(List.of());
        }
        return QuarkusTransaction.requiringNew().call(() -> {
            locks.take(staffId.stream().toList());
            Optional<Feed> found = feeds.findForUpdate(organisationId, feedId).filter(feed -> !feed.deleted());
            if (found.isEmpty()) {
                return new Outcome.Imported(List.of());
            }
            Feed feed = found.get();
            if (fence < feed.fence()) {
                return new Outcome.FenceOvertaken(feed.fence());
            }
            List<Stored> copies = items.listCopiesOfFeed(organisationId, feed.staffId(), feedId).stream()
                    .map(Known::stored)
                    .toList();
            items.removeAll(organisationId, feedId);
            changeOthers(organisationId, VerdictPlanner.plan(copies, List.of(), Set.of()));
            feeds.markDeleted(feed, fence, clock.instant());
            return new Outcome.Imported(List.of());
        });
    }

    private List<Result> write(Feed feed, Collection<ExternalItem> puts, Set<String> removed, long firstNumber) {
        ZoneId zone = items.zoneOf(feed.organisationId(), feed.staffId());
        Map<String, Closed> closed = new HashMap<>();
        List<Sent> sent = new ArrayList<>();
        for (ExternalItem put : puts) {
            Closed of = put.closedIn(zone);
            closed.put(put.itemId(), of);
            Verdict obstacle = switch (of) {
                case Closed.Span span -> null;
                case Closed.Nothing why -> new Verdict(why.reasonCode(), why.detail());
            };
            sent.add(new Sent(new Item(feed.id(), put.itemId()), put.copyKey(), obstacle));
        }
        Map<Item, Known> known = known(feed, puts, removed);
        Plan plan = VerdictPlanner.plan(
                known.values().stream().map(Known::stored).toList(),
                sent,
                removed.stream().map(id -> new Item(feed.id(), id)).collect(Collectors.toSet()));
        if (!removed.isEmpty()) {
            items.remove(feed.organisationId(), feed.id(), removed);
        }
        List<Wanted> wanted = new ArrayList<>();
        long number = firstNumber;
        for (ExternalItem put : puts) {
            Item item = new Item(feed.id(), put.itemId());
            Known before = known.get(item);
            Verdict verdict = Objects.requireNonNull(plan.sent().get(item));
            Closed.Span span = closed.get(put.itemId()) instanceof Closed.Span found ? found : null;
            boolean same = before != null && before.stored().verdict().equals(verdict);
            wanted.add(new Wanted(
                    UUID.randomUUID(),
                    put,
                    before == null ? number : before.number(),
                    span == null ? null : span.startAt(),
                    span == null ? null : span.endAt(),
                    verdict,
                    before != null && same ? before.verdictVersion() : null));
            number++;
        }
        Map<String, Long> versions =
                wanted.isEmpty() ? Map.of() : items.put(feed.organisationId(), feed.staffId(), feed.id(), wanted);
        changeOthers(feed.organisationId(), plan);
        return wanted.stream()
                .map(want -> new Result(
                        want.item().itemId(),
                        want.verdict().outcome(),
                        want.verdict().reasonCode(),
                        want.verdict().isLoaded() ? want.number() : null,
                        want.verdict().detail(),
                        Objects.requireNonNull(versions.get(want.item().itemId()))))
                .toList();
    }

    /** What is stored of these items, and of all that are copies of them, before and after. */
    private Map<Item, Known> known(Feed feed, Collection<ExternalItem> puts, Set<String> removed) {
        List<String> touched = Stream.concat(puts.stream().map(ExternalItem::itemId), removed.stream())
                .toList();
        Map<Item, Known> known = new LinkedHashMap<>();
        List<Known> ownItems = items.listOfFeed(feed.organisationId(), feed.id(), touched);
        ownItems.forEach(item -> known.put(item.stored().item(), item));
        Set<String> copyKeys = Stream.concat(
                        puts.stream().map(ExternalItem::copyKey),
                        ownItems.stream().map(item -> item.stored().copyKey()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        if (!copyKeys.isEmpty()) {
            items.listCopies(feed.organisationId(), feed.staffId(), copyKeys)
                    .forEach(item -> known.put(item.stored().item(), item));
        }
        return known;
    }

    private void changeOthers(UUID organisationId, Plan plan) {
        items.changeVerdicts(organisationId, plan.changedOthers());
        changes.recordVerdicts(organisationId, List.copyOf(plan.changedOthers().keySet()));
    }
}
