package io.timetether.localrun.product;

import io.timetether.localrun.settings.Port;
import io.timetether.localrun.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Finds out, before anything is started, which ports somebody else has. */
final class TakenPorts {

    private TakenPorts() {}

    /** @throws IllegalStateException naming each taken port, who needs it and how to move it */
    static void refuse(Settings settings) {
        List<String> sentences = new ArrayList<>();
        for (Port port : Port.values()) {
            boolean unused = port == Port.SIMULATOR && settings.usesRealMicrosoft()
                    || port == Port.IDENTITY && settings.usesRealIdentity()
                    || (port == Port.MAIL || port == Port.MAIL_PAGE) && settings.usesRealMail();
            if (!unused && isTaken(settings.port(port))) {
                sentences.add("Port " + settings.port(port) + " is taken by another program; " + port.owner()
                        + " needs it. Stop that program, or choose another port with " + port.variable() + ".");
            }
        }
        if (!sentences.isEmpty()) {
            throw new IllegalStateException(String.join("\n", sentences));
        }
    }

    private static boolean isTaken(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            // What a just stopped program leaves behind is no hindrance.
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (IOException taken) {
            return true;
        }
    }
}
