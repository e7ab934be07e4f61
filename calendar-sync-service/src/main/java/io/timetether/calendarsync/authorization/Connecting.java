package io.timetether.calendarsync.authorization;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.timetether.calendarsync.account.MicrosoftAccounts;
import io.timetether.calendarsync.connection.Audit;
import io.timetether.calendarsync.connection.Connection;
import io.timetether.calendarsync.connection.Connections;
import io.timetether.calendarsync.connection.Trouble;
import io.timetether.calendarsync.http.Caller;
import io.timetether.calendarsync.identity.AuthorizationWish;
import io.timetether.calendarsync.identity.AuthorizationWish.PromptFor;
import io.timetether.calendarsync.identity.ConnectionRef;
import io.timetether.calendarsync.identity.MicrosoftIdentity;
import io.timetether.calendarsync.identity.Pkce;
import io.timetether.calendarsync.identity.RedeemOutcome;
import io.timetether.calendarsync.identity.TokenCipher;
import io.timetether.calendarsync.jobs.JobKind;
import io.timetether.calendarsync.jobs.Jobs;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Connecting an account: to Microsoft's page, back with a code, and to a connection with its first feed. The code is
 * redeemed only in the browser and by the person that began.
 */
@ApplicationScoped
class Connecting {

    private static final Logger LOG = Logger.getLogger(Connecting.class);

    private final AuthorizationFlows flows;
    private final Connections connections;
    private final MicrosoftAccounts accounts;
    private final MicrosoftIdentity identity;
    private final TokenCipher cipher;
    private final DefaultFeed defaultFeed;
    private final Jobs jobs;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Connecting(
            AuthorizationFlows flows,
            Connections connections,
            MicrosoftAccounts accounts,
            MicrosoftIdentity identity,
            TokenCipher cipher,
            DefaultFeed defaultFeed,
            Jobs jobs,
            Audit audit,
            Clock clock) {
        this.flows = flows;
        this.connections = connections;
        this.accounts = accounts;
        this.identity = identity;
        this.cipher = cipher;
        this.defaultFeed = defaultFeed;
        this.jobs = jobs;
        this.audit = audit;
        this.clock = clock;
    }

    /** A sign-in that has begun: where to send the browser, and the cookie that it must bring back. */
    record Begun(UUID connectionId, String authorizationUrl, String cookie) {}

    /** Begins to connect a new account; the connection gets this id, or has it from an attempt that broke off. */
    Begun connect(Caller caller, UUID id, UUID staffId, String returnTo) {
        QuarkusTransaction.requiringNew().run(() -> {
            if (connections.find(caller.organisationId(), id).isEmpty()) {
                connections.begin(id, caller.organisationId(), staffId, caller.personId());
                audit.record(caller.organisationId(), caller.personId(), "connection.begun", "connection", id);
            }
        });
        return begin(caller, id, staffId, returnTo, null, null, PromptFor.ACCOUNT);
    }

    /** Begins to sign in again with the account of a connection. */
    Begun reconnect(Caller caller, Connection connection, String returnTo) {
        return begin(
                caller,
                connection.id(),
                connection.staffId(),
                returnTo,
                connection.accountAddress(),
                connection.wantedClaims(),
                PromptFor.WHAT_IS_MISSING);
    }

    private Begun begin(
            Caller caller,
            UUID connectionId,
            UUID staffId,
            String returnTo,
            @Nullable String loginHint,
            @Nullable String claims,
            PromptFor prompt) {
        String state = Pkce.text(random);
        String nonce = Pkce.text(random);
        String cookie = Pkce.text(random);
        Pkce pkce = Pkce.fresh(random);
        UUID id = UUID.randomUUID();
        AuthorizationFlow flow = new AuthorizationFlow(
                id,
                caller.organisationId(),
                connectionId,
                staffId,
                Secrets.hash(state),
                Secrets.hash(cookie),
                caller.issuer(),
                caller.subject(),
                cipher.seal(pkce.verifier(), AuthorizationFlow.row(id)),
                cipher.seal(nonce, AuthorizationFlow.row(id)),
                returnTo,
                clock.instant());
        flows.begin(flow);
        String url = identity.authorizationUrl(
                new AuthorizationWish(state, nonce, pkce.challenge(), loginHint, claims, prompt));
        return new Begun(connectionId, url, cookie);
    }

    /**
     * Keeps what Microsoft posted. Whoever posted it gets a ticket: only that browser can go on, so that the person who
     * began the flow cannot pick up a code that somebody else's sign-in has brought.
     *
     * @return the ticket; empty: the state is unknown, used up or too old
     */
    Optional<String> answered(String state, @Nullable String code, @Nullable String error) {
        String ticket = Pkce.text(random);
        return flows.find(Secrets.hash(state))
                .filter(flow -> flows.answered(
                        flow.id(), code == null ? null : cipher.seal(code, flow.row()), error, Secrets.hash(ticket)))
                .map(flow -> ticket);
    }

    /** How the way back ended. */
    sealed interface Completed {

        /** To a page of ours, with what happened. */
        record Back(String returnTo, UUID connectionId, Result result, String reason) implements Completed {}

        /** The state is unknown, used up or too old. */
        record Unknown() implements Completed {}

        /** Not the browser or not the person that began; nothing was redeemed, and the flow has ended. */
        record Stolen() implements Completed {}
    }

    /** What a person is told on the page they return to. */
    enum Result {
        CONNECTED,
        DECLINED,
        FAILED
    }

    /** Redeems the code, if this is the browser and the person that began. */
    Completed complete(String state, @Nullable String ticket, @Nullable String cookie, Caller caller) {
        AuthorizationFlow flow = flows.find(Secrets.hash(state)).orElse(null);
        if (flow == null || flow.ticketHash() == null) {
            return new Completed.Unknown();
        }
        if (!Secrets.matches(ticket, flow.ticketHash())) {
            // Whoever has no ticket did not come from Microsoft; the right browser may still come.
            return new Completed.Stolen();
        }
        boolean sameBrowser = Secrets.matches(cookie, flow.cookieHash());
        boolean samePerson =
                flow.issuer().equals(caller.issuer()) && flow.subject().equals(caller.subject());
        if (!flows.use(flow.id())) {
            return new Completed.Unknown();
        }
        if (!sameBrowser
                || !samePerson
                || caller.client() != Caller.Client.BROWSER_SESSION
                || !flow.organisationId().equals(caller.organisationId())
                || !caller.mayManage(flow.staffId())) {
            LOG.warnf("flow %s was completed by another browser or person; nothing was redeemed", flow.id());
            connections.failed(flow.connectionId(), Trouble.NOT_COMPLETED, null);
            audit.record(flow.organisationId(), null, "connection.refused-foreign", "connection", flow.connectionId());
            return new Completed.Stolen();
        }
        return redeem(flow, caller);
    }

    private Completed redeem(AuthorizationFlow flow, Caller caller) {
        String code = flow.code();
        RedeemOutcome outcome = code == null
                ? identity.refusal(flow.error() == null ? "server_error" : flow.error(), "")
                : identity.redeem(
                        new ConnectionRef(flow.connectionId()),
                        cipher.open(code, flow.row()),
                        cipher.open(flow.verifier(), flow.row()),
                        cipher.open(flow.nonce(), flow.row()));
        return switch (outcome) {
            case RedeemOutcome.Redeemed redeemed -> redeemed(flow, caller, redeemed);
            case RedeemOutcome.Declined declined -> failed(flow, Result.DECLINED, Trouble.DECLINED, declined.reason());
            case RedeemOutcome.ConsentRequired consent ->
                failed(flow, Result.FAILED, Trouble.CONSENT_REQUIRED, consent.reason());
            case RedeemOutcome.TryAgain again -> failed(flow, Result.FAILED, Trouble.NOT_COMPLETED, again.reason());
            case RedeemOutcome.Unavailable away -> failed(flow, Result.FAILED, Trouble.NOT_COMPLETED, away.cause());
            case RedeemOutcome.Misconfigured wrong -> {
                LOG.errorf("Microsoft refuses this installation: %s", wrong.detail());
                yield failed(flow, Result.FAILED, Trouble.NOT_COMPLETED, "This installation is not set up correctly.");
            }
        };
    }

    private Completed failed(AuthorizationFlow flow, Result result, Trouble trouble, String text) {
        connections.failed(flow.connectionId(), trouble, text);
        return new Completed.Back(flow.returnTo(), flow.connectionId(), result, trouble.code());
    }

    private Completed redeemed(AuthorizationFlow flow, Caller caller, RedeemOutcome.Redeemed redeemed) {
        RedeemOutcome.MicrosoftPerson person = redeemed.account();
        Optional<UUID> connected = QuarkusTransaction.requiringNew().call(() -> {
            UUID accountId = accounts.adopt(
                    person.tenantId(),
                    person.objectId(),
                    person.address() == null ? "" : person.address(),
                    person.name() == null ? "" : person.name());
            Connection connection =
                    connections.find(flow.organisationId(), flow.connectionId()).orElseThrow();
            UUID id = connection.id();
            String sealed = redeemed.sealedCache();
            switch (connection.state()) {
                case PENDING -> {
                    Optional<UUID> other =
                            connections.findOther(flow.organisationId(), flow.staffId(), accountId, connection.id());
                    if (other.isPresent()) {
                        // The same account again: that connection goes on, with nothing doubled and no setting lost.
                        id = other.get();
                        sealed = cipher.seal(
                                cipher.open(sealed, new ConnectionRef(connection.id()).row()),
                                new ConnectionRef(id).row());
                    }
                }
                case ACTIVE, RECONNECT_REQUIRED, PARKED -> {
                    if (!accountId.equals(connection.accountId())) {
                        return Optional.<UUID>empty();
                    }
                }
                case STOPPING, STOPPED -> {
                    return Optional.<UUID>empty();
                }
            }
            connections.activate(id, accountId, sealed);
            audit.record(flow.organisationId(), caller.personId(), "connection.authorised", "connection", id);
            return Optional.of(id);
        });
        if (connected.isEmpty()) {
            return new Completed.Back(flow.returnTo(), flow.connectionId(), Result.FAILED, "other-account");
        }
        UUID id = connected.get();
        if (!id.equals(flow.connectionId())) {
            connections.failed(flow.connectionId(), Trouble.NOT_COMPLETED, "The account was connected already.");
        }
        Connection connection = connections.find(flow.organisationId(), id).orElseThrow();
        defaultFeed.openOrContinue(connection);
        UUID accountId = connection.accountId();
        if (accountId != null) {
            // What an earlier stop could not take away, for want of an authorisation, goes now.
            connections
                    .listStopped(flow.organisationId(), accountId)
                    .forEach(stopped -> jobs.wake(JobKind.FINISH_STOPPING, stopped));
        }
        return new Completed.Back(flow.returnTo(), id, Result.CONNECTED, "");
    }
}
