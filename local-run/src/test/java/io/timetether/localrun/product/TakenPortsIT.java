package io.timetether.localrun.product;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.timetether.localrun.settings.Port;
import io.timetether.localrun.settings.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakenPortsIT {

    @TempDir
    Path data;

    @Test
    void saysWhoNeedsThePortAndHowToMoveIt() throws Exception {
        Settings settings = Settings.forTests(data, data);
        try (ServerSocket other =
                new ServerSocket(settings.port(Port.SIMULATOR), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> TakenPorts.refuse(settings))
                    .hasMessageContaining(Integer.toString(other.getLocalPort()))
                    .hasMessageContaining("the Office 365 stand-in")
                    .hasMessageContaining("TIMETETHER_SIMULATOR_PORT");
        }
        assertThatCode(() -> TakenPorts.refuse(settings)).doesNotThrowAnyException();
    }

    @Test
    void letsOneLauncherAloneWorkOnAFolder() {
        try (RunLock first = RunLock.take(data)) {
            assertThatThrownBy(() -> RunLock.take(data))
                    .hasMessageContaining("already running")
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
        }
        assertThatCode(() -> RunLock.take(data).close()).doesNotThrowAnyException();
    }
}
