package io.timetether.office365.notification;

import io.timetether.office365.mailbox.Refusal;
import io.timetether.office365.store.Store;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All subscriptions, with Graph's rules about their lifetime, their addresses and duplicates. */
public final class Subscriptions {

    /** The longest life of a subscription to events. */
    public static final Duration LONGEST = Duration.ofMinutes(10_080);

    /** A shorter wish is raised to this. */
    public static final Duration SHORTEST = Duration.ofMinutes(45);

    private final Store store;
    private final Store.Shelf<Subscription> shelf;
    private final Map<String, Map<String, Subscription>> ofMailbox = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Delivery delivery;

    public Subscriptions(Store store, Clock clock, Delivery delivery) {
        this.store = store;
        this.clock = clock;
        this.delivery = delivery;
        shelf = store.shelf("subscriptions", Subscription.class);
        shelf.forEach((id, subscription) -> keep(subscription));
    }

    /**
     * Creates a subscription: the addresses are asked to prove themselves while the caller waits.
     *
     * @throws Refusal 400 when an address is not acceptable or does not echo the validation token, 409 for a duplicate
     */
    public Subscription create(Subscription wish) {
        requireAcceptable(wish.notificationUrl());
        requireNew(wish);
        delivery.validate(wish.notificationUrl());
        String lifecycleUrl = wish.lifecycleUrl();
        if (lifecycleUrl != null) {
            requireAcceptable(lifecycleUrl);
            delivery.validate(lifecycleUrl);
        }
        Subscription subscription = wish.until(clamped(wish.expiresAt()), wish.notificationUrl());
        return store.write(() -> {
            // Asked again: the handshake took time, and another request may have come first.
            requireNew(subscription);
            return put(subscription);
        });
    }

    /** Renews a subscription, or sends its notifications elsewhere (which is proven first). */
    public Subscription change(
            Subscription subscription, @Nullable Instant expiresAt, @Nullable String notificationUrl) {
        if (notificationUrl != null && !notificationUrl.equals(subscription.notificationUrl())) {
            requireAcceptable(notificationUrl);
            delivery.validate(notificationUrl);
        }
        return store.write(() -> put(subscription.until(
                expiresAt == null ? subscription.expiresAt() : clamped(expiresAt),
                notificationUrl == null ? subscription.notificationUrl() : notificationUrl)));
    }

    public void delete(Subscription subscription) {
        store.write(() -> {
            shelf.remove(subscription.id());
            ofMailbox.computeIfPresent(subscription.mailboxId(), (mailbox, subscriptions) -> {
                subscriptions.remove(subscription.id());
                return subscriptions;
            });
            return null;
        });
    }

    /** The living subscriptions of a mailbox, of every application. */
    public List<Subscription> of(String mailboxId) {
        Instant now = clock.instant();
        return ofMailbox.getOrDefault(mailboxId, Map.of()).values().stream()
                .filter(one -> one.expiresAt().isAfter(now))
                .sorted(Comparator.comparing(Subscription::id))
                .toList();
    }

    public Optional<Subscription> find(String mailboxId, String clientId, String id) {
        return of(mailboxId).stream()
                .filter(one -> one.id().equals(id) && one.clientId().equals(clientId))
                .findFirst();
    }

    private void requireNew(Subscription wish) {
        of(wish.mailboxId()).stream().filter(wish::sameWishAs).findFirst().ifPresent(existing -> {
            throw new Refusal(
                    409,
                    "ExtensionError",
                    "Subscription Id <" + existing.id() + "> already exists for the requested combination");
        });
    }

    private Instant clamped(Instant wish) {
        Instant now = clock.instant();
        if (!wish.isAfter(now)) {
            throw new Refusal(400, "InvalidRequest", "Subscription expiration must be in the future.");
        }
        Instant latest = now.plus(LONGEST);
        Instant earliest = now.plus(SHORTEST);
        return wish.isAfter(latest) ? latest : wish.isBefore(earliest) ? earliest : wish;
    }

    /** Https anywhere; plain http only to this machine, which the real service would refuse too. */
    private static void requireAcceptable(String url) {
        URI address;
        try {
            address = URI.create(url);
        } catch (IllegalArgumentException notAnAddress) {
            throw new Refusal(400, "InvalidRequest", "Notification URL is not a valid URL.");
        }
        String host = address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
        boolean here = host.equals("localhost")
                || host.endsWith(".localhost")
                || host.startsWith("127.")
                || host.equals("[::1]");
        boolean acceptable = !host.isEmpty()
                && ("https".equalsIgnoreCase(address.getScheme())
                        || ("http".equalsIgnoreCase(address.getScheme()) && here));
        if (!acceptable) {
            throw new Refusal(400, "InvalidRequest", "Invalid notification URL: it must use the 'https' scheme.");
        }
    }

    private Subscription put(Subscription subscription) {
        shelf.put(subscription.id(), subscription);
        keep(subscription);
        return subscription;
    }

    private void keep(Subscription subscription) {
        ofMailbox
                .computeIfAbsent(subscription.mailboxId(), id -> new ConcurrentHashMap<>())
                .put(subscription.id(), subscription);
    }
}
