package io.datalifecycle.dlt.notify.webhook;

import io.datalifecycle.dlt.problem.DeliveryException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Which addresses a webhook may call. Private, loopback, link-local, multicast, carrier-grade NAT and metadata ranges are refused unless
 * allowed, so that a template cannot make the host call its own network.
 */
final class AddressRules {

    private final boolean allowPrivate;

    AddressRules(boolean allowPrivate) {
        this.allowPrivate = allowPrivate;
    }

    /** What is wrong with a URL before any look-up; empty when nothing is. */
    String problem(URI url) {
        boolean https = "https".equalsIgnoreCase(url.getScheme());
        boolean http = "http".equalsIgnoreCase(url.getScheme());
        if (!https && !(http && allowPrivate)) {
            return "a webhook calls https only";
        }
        if (url.getHost() == null || url.getUserInfo() != null) {
            return "a webhook needs a host and carries no login in its URL";
        }
        return "";
    }

    /** Resolves the host once and gives the address to connect to; every address of the name must be allowed. */
    InetAddress resolve(String host) {
        try {
            InetAddress[] all =
                    InetAddress.getAllByName(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
            for (InetAddress address : all) {
                if (!allowPrivate && isInternal(address)) {
                    throw new DeliveryException(
                            ProblemCode.ADDRESS_REFUSED,
                            "webhook host " + host
                                    + " leads to an internal address; allow private addresses when building the plug-in",
                            false);
                }
            }
            return all[0];
        } catch (UnknownHostException e) {
            throw new DeliveryException(ProblemCode.DELIVERY_FAILED, "webhook host " + host + " is not known", true, e);
        }
    }

    static boolean isInternal(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] b = address.getAddress();
        if (address instanceof Inet6Address) {
            boolean uniqueLocal = (b[0] & 0xfe) == 0xfc;
            boolean nat64 = b[0] == 0 && (b[1] & 0xff) == 0x64 && (b[2] & 0xff) == 0xff && (b[3] & 0xff) == 0x9b;
            boolean sixToFour = (b[0] & 0xff) == 0x20 && b[1] == 0x02;
            boolean teredo = (b[0] & 0xff) == 0x20 && b[1] == 0x01 && b[2] == 0 && b[3] == 0;
            return uniqueLocal || nat64 || sixToFour || teredo; // the last three embed IPv4 addresses
        }
        int first = b[0] & 0xff;
        int second = b[1] & 0xff;
        return first == 0
                || first >= 240
                || (first == 100 && second >= 64 && second < 128)
                || (first == 192 && second == 0)
                || (first == 198 && (second == 18 || second == 19));
    }
}
