package io.kaufmann.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells by what a request calls this machine whether it may be answered. A stranger's page can have its own name lead to this machine
 * (DNS rebinding), and a browser then takes what is here for that page's; but it cannot have an address for its name. Immutable.
 *
 * <p>This machine's own name is not allowed by itself: what it is, is not for the machine to say, and asking may take its time.
 */
final class HostCheck {

    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9a-f:.]+(?:%[\\w.%-]+)?]|[^\\[\\]:@/\\s]+)(?::\\d{1,5})?");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[.*]");

    private final Set<String> names;

    /**
     * Allows these names, addresses, and {@code localhost}.
     *
     * @param host the host that is listened on
     * @param allowed further names
     */
    HostCheck(String host, List<String> allowed) {
        this.names = Stream.concat(Stream.of("localhost", host), allowed.stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether a request may be answered.
     *
     * @param host what it says that it is for: a name or an address, with or without a port
     */
    boolean allows(String host) {
        Matcher parts = HOST.matcher(host.toLowerCase(Locale.ROOT));
        return parts.matches()
                && (names.contains(parts.group(1))
                        || ADDRESS.matcher(parts.group(1)).matches());
    }
}
