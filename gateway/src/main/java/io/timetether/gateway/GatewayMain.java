package io.timetether.gateway;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Where the gateway begins. */
@QuarkusMain
public final class GatewayMain {

    private GatewayMain() {}

    /** Netty looks for our part of each connection ({@code http.SlowHeads}) only if told so before its first connection. */
    public static void main(String[] arguments) {
        System.setProperty("io.netty.bootstrap.extensions", "serviceload");
        Quarkus.run(arguments);
    }
}
