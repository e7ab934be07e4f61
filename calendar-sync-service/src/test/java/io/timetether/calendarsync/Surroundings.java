package io.timetether.calendarsync;

import io.timetether.office365.Office365Simulator;
import io.timetether.office365.Outlook;
import io.timetether.office365.SimulatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** What stands around the service in these tests: Office 365 (the stand-in, a real server) and a small scheduling-service. */
final class Surroundings {

    private static Surroundings instance;

    final Office365Simulator microsoft;
    final Between between;
    final FakeScheduling scheduling;
    final String publicUrl;

    private Surroundings() {
        publicUrl = config("timetether.public-url");
        int hidden = freePort();
        microsoft = Office365Simulator.start(SimulatorSettings.forTests()
                .withPort(hidden)
                .withPublicOrigin(config("timetether.microsoft.graph-url"))
                .withApplication(
                        ServiceUnderTest.CLIENT_ID,
                        ServiceUnderTest.CLIENT_SECRET,
                        List.of(publicUrl + "/oauth/microsoft/callback")));
        between = Between.start(Integer.parseInt(config("test.microsoft-port")), "http://127.0.0.1:" + hidden);
        scheduling = FakeScheduling.start(Integer.parseInt(config("test.scheduling-port")));
    }

    static synchronized Surroundings get() {
        if (instance == null) {
            instance = new Surroundings();
        }
        return instance;
    }

    Outlook outlook() {
        return microsoft.outlook();
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String config(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
