package io.timetether.systemtests;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Names under {@code .localhost} are this machine, as browsers have it (RFC 6761, 6.3); not every system's resolver agrees.
 * Needed where the product runs in containers, with an origin of its own for each part.
 */
public final class LocalhostNames extends InetAddressResolverProvider {

    @Override
    public String name() {
        return "names under .localhost";
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver system = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                return host.toLowerCase(Locale.ROOT).endsWith(".localhost")
                        ? Stream.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}))
                        : system.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return system.lookupByAddress(address);
            }
        };
    }
}
