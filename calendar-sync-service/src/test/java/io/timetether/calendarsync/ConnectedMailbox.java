package io.timetether.calendarsync;

import io.timetether.calendarsync.graph.GraphAccess;
import io.timetether.calendarsync.graph.GraphCalendar;
import io.timetether.calendarsync.graph.GraphClient;
import io.timetether.calendarsync.graph.GraphSettings;
import io.timetether.calendarsync.graph.InFlightSlots;
import io.timetether.calendarsync.identity.AuthorizationWish;
import io.timetether.calendarsync.identity.ConnectionRef;
import io.timetether.calendarsync.identity.IdentitySettings;
import io.timetether.calendarsync.identity.MicrosoftIdentity;
import io.timetether.calendarsync.identity.Pkce;
import io.timetether.calendarsync.identity.RedeemOutcome.Redeemed;
import io.timetether.calendarsync.identity.Rows;
import io.timetether.calendarsync.identity.SecretKeys;
import io.timetether.calendarsync.identity.TokenCipher;
import io.timetether.office365.Office365Simulator;
import io.timetether.office365.Outlook;
import io.timetether.office365.SimulatorSettings;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** A mailbox in the stand-in whose owner has connected it: Outlook on one side, our Graph client on the other. */
public final class ConnectedMailbox implements AutoCloseable {
    public static final String ADDRESS = "anna@practice.example";

    public final Office365Simulator office;
    public final Outlook outlook;
    public final GraphClient client;
    public final GraphCalendar graph;
    public final GraphAccess access;

    private ConnectedMailbox(Office365Simulator office, int pageSize) {
        this.office = office;
        this.outlook = office.outlook();
        outlook.createMailbox(ADDRESS, "Anna Ott", "W. Europe Standard Time");
        Rows rows = new Rows();
        MicrosoftIdentity identity = new MicrosoftIdentity(
                IdentitySettings.forCloud(
                        "global",
                        URI.create(office.origin()),
                        "common",
                        "timetether-local",
                        "timetether-local-secret",
                        URI.create("http://localhost:8080/oauth/microsoft/callback")),
                rows,
                new TokenCipher(SecretKeys.parse("k:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")),
                Clock.systemUTC());
        ConnectionRef connection = new ConnectionRef(UUID.randomUUID());
        Pkce pkce = Pkce.fresh(new SecureRandom());
        String url = identity.authorizationUrl(
                new AuthorizationWish("s", "n", pkce.challenge(), null, null, AuthorizationWish.PromptFor.ACCOUNT));
        Redeemed redeemed = (Redeemed)
                identity.redeem(connection, SignInPage.accept(url, ADDRESS).get("code"), pkce.verifier(), "n");
        rows.store(connection, redeemed.sealedCache());
        access = new GraphAccess(
                UUID.randomUUID(), InFlightSlots.Lane.BACKGROUND, demand -> identity.accessToken(connection, demand));
        client = new GraphClient(
                new GraphSettings(
                        URI.create(office.origin()),
                        Duration.ofSeconds(10),
                        pageSize,
                        500,
                        32 << 20,
                        Duration.ofSeconds(3)),
                (account, lane) -> Optional.of(() -> {}),
                (method, outcome, took) -> {},
                Clock.systemUTC());
        graph = new GraphCalendar(client);
    }

    public static ConnectedMailbox withPagesOf(int pageSize) {
        return new ConnectedMailbox(Office365Simulator.start(SimulatorSettings.forTests()), pageSize);
    }

    @Override
    public void close() {
        client.close();
        office.close();
    }
}
