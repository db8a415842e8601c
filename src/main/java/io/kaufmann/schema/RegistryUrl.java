package io.kaufmann.schema;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A registry's base URL, with the credentials that stood in it taken out.
 *
 * @param location scheme, host, port and path without a slash at the end; safe to show
 * @param authorization the value of the Authorization header that the URL's user-info asks for; never to be shown
 */
record RegistryUrl(String location, Optional<String> authorization) {

    private static final String EXPECTED = " Write http://host:port or https://host:port, with a path if it has one."
            + " Percent-encode special characters of a user or password in it, or give them apart from the URL. Separate"
            + " several URLs by commas.";

    // Not at each comma: a path or password may have one.
    private static final Pattern BETWEEN_URLS = Pattern.compile(",(?=\\s*https?://)", Pattern.CASE_INSENSITIVE);

    /**
     * Reads the URLs of one registry, separated by commas.
     *
     * @throws IllegalArgumentException when one of them cannot be used; the message never repeats the text
     */
    static List<RegistryUrl> parseAll(String text) {
        return BETWEEN_URLS.splitAsStream(text).map(RegistryUrl::parse).toList();
    }

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException when it is none that can be used; the message never repeats the text, which may
     *     hold a password
     */
    static RegistryUrl parse(String text) {
        URI uri = uri(text.strip());
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("The schema registry's URL is neither http nor https." + EXPECTED);
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("The schema registry's URL has no host that Java can use (a host name"
                    + " has no underscore)." + EXPECTED);
        }
        if (uri.getPort() > 65_535) {
            throw new IllegalArgumentException("The schema registry's URL has a port above 65535." + EXPECTED);
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("The schema registry's URL has a query or a fragment." + EXPECTED);
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String path = uri.getRawPath().replaceAll("/+$", "");
        return new RegistryUrl(
                scheme + "://" + uri.getHost() + port + path,
                Optional.ofNullable(uri.getRawUserInfo()).map(RegistryUrl::basicOf));
    }

    /** The same with other credentials. */
    RegistryUrl authorizedBy(String header) {
        return new RegistryUrl(location, Optional.of(header));
    }

    /** The value of the Authorization header for basic authentication. */
    static String basic(String user, String password) {
        byte[] bytes = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }

    private static String basicOf(String rawUserInfo) {
        String[] parts = rawUserInfo.split(":", 2);
        return basic(decode(parts[0]), parts.length < 2 ? "" : decode(parts[1]));
    }

    private static String decode(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // Not as the cause: its message repeats the whole text.
            throw new IllegalArgumentException(
                    "The schema registry's URL is not valid at character " + e.getIndex() + "." + EXPECTED);
        }
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return location;
    }
}
