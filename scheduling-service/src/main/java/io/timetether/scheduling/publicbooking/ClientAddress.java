package io.timetether.scheduling.publicbooking;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * From which address a client comes, for the limits alone: the one that the gateway, the nearest proxy, names last, else
 * that of the connection. One IPv6 customer has a /64 to choose from, which counts as one address. PURE.
 */
final class ClientAddress {

    private static final int PREFIX_BYTES = 8;

    private ClientAddress() {}

    /** @param remote the connection's own address, in digits */
    static String of(@Nullable String forwardedFor, String remote) {
        String named = forwardedFor == null
                ? ""
                : forwardedFor.substring(forwardedFor.lastIndexOf(',') + 1).strip();
        return network(named.matches("[0-9a-fA-F.:]{2,45}") ? named : remote);
    }

    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            InetAddress parsed = InetAddress.getByName(address); // digits: nothing is looked up
            if (!(parsed instanceof Inet6Address)) {
                return parsed.getHostAddress();
            }
            byte[] bytes = parsed.getAddress();
            Arrays.fill(bytes, PREFIX_BYTES, bytes.length, (byte) 0);
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException notAnAddress) {
            return address;
        }
    }
}
