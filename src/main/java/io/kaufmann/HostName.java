package io.kaufmann;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/** Tells this instance of a service apart from the others. */
final class HostName {

    private HostName() {}

    /** The host's name; a random id where it has none of its own. */
    static String orRandomId() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.isBlank() || name.equals("localhost")
                    ? UUID.randomUUID().toString()
                    : name;
        } catch (UnknownHostException e) {
            return UUID.randomUUID().toString();
        }
    }
}
