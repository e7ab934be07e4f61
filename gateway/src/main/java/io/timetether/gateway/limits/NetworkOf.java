package io.timetether.gateway.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** What counts as one address: an IPv4 address, or the /64 that one IPv6 customer has to choose addresses from. */
final class NetworkOf {

    private static final int PREFIX_BYTES = 8;

    private NetworkOf() {}

    /** @param address in digits; never looked up */
    static String address(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            InetAddress parsed = InetAddress.getByName(address);
            if (!(parsed instanceof Inet6Address)) {
                return parsed.getHostAddress(); // IPv4 written as IPv6
            }
            byte[] bytes = parsed.getAddress();
            for (int i = PREFIX_BYTES; i < bytes.length; i++) {
                bytes[i] = 0;
            }
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException notAnAddress) {
            return address;
        }
    }
}
