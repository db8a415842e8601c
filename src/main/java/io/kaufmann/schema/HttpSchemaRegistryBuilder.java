package io.kaufmann.schema;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Settings of an {@link HttpSchemaRegistry}. Not thread-safe; what it builds is. */
public final class HttpSchemaRegistryBuilder {

    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    private final List<RegistryUrl> urls;
    private Optional<String> authorization = Optional.empty();
    private Optional<RegistryTls> tls = Optional.empty();
    private Duration connectTimeout = RegistryLimits.DEFAULT.connect();
    private Duration requestTimeout = RegistryLimits.DEFAULT.request();
    private Duration totalTimeout = RegistryLimits.DEFAULT.total();
    private int attempts = RegistryLimits.DEFAULT.attempts();
    private Duration backOff = RegistryLimits.DEFAULT.backOff();

    HttpSchemaRegistryBuilder(List<RegistryUrl> urls) {
        this.urls = urls;
    }

    /**
     * Basic authentication at all URLs; goes before a user and password in one of them.
     *
     * @param user the user
     * @param password the password; it appears in no message
     * @return this
     */
    public HttpSchemaRegistryBuilder credentials(String user, String password) {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        this.authorization = Optional.of(RegistryUrl.basic(user, password));
        return this;
    }

    /**
     * Authentication by a token (RFC 6750) at all URLs; goes before a user and password in one of them.
     *
     * @param token the token; it appears in no message
     * @return this
     * @throws IllegalArgumentException when it is empty or has characters that no token has
     */
    public HttpSchemaRegistryBuilder bearerToken(String token) {
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    "The schema registry's token is empty or has blanks, control characters or"
                            + " others beyond ASCII in it. Write the token alone, as it was given out");
        }
        this.authorization = Optional.of("Bearer " + token);
        return this;
    }

    /**
     * How to connect to {@code https}, by the names and with the values of Kafka's clients: {@code
     * ssl.truststore.location}, {@code ssl.keystore.location}, {@code ssl.endpoint.identification.algorithm} and so on.
     * Without it the JVM's own trust store is used. The stores are read now, and once.
     *
     * @param kafkaSslSettings the settings whose names begin with {@code ssl.}; others are not read
     * @return this
     * @throws IllegalArgumentException when they cannot be used; no password appears in the message
     */
    public HttpSchemaRegistryBuilder ssl(Map<String, Object> kafkaSslSettings) {
        this.tls = Optional.of(RegistryTls.of(kafkaSslSettings));
        return this;
    }

    /**
     * How long to wait for a connection, 3 s by default.
     *
     * @param timeout more than zero
     * @return this
     */
    public HttpSchemaRegistryBuilder connectTimeout(Duration timeout) {
        this.connectTimeout = Objects.requireNonNull(timeout, "timeout");
        return this;
    }

    /**
     * How long one attempt may take, connection and body included, 5 s by default. Where there are several URLs it is less
     * if need be, so that all of them are asked within {@link #totalTimeout}.
     *
     * @param timeout more than zero
     * @return this
     */
    public HttpSchemaRegistryBuilder requestTimeout(Duration timeout) {
        this.requestTimeout = Objects.requireNonNull(timeout, "timeout");
        return this;
    }

    /**
     * How long a call may take with all its attempts and the pauses between them, 10 s by default.
     *
     * @param timeout more than zero
     * @return this
     */
    public HttpSchemaRegistryBuilder totalTimeout(Duration timeout) {
        this.totalTimeout = Objects.requireNonNull(timeout, "timeout");
        return this;
    }

    /**
     * How often to try on 5xx, 429 and I/O errors, 3 by default; 1 never tries again. Where there are several URLs, one
     * attempt asks each of them until one answers.
     *
     * @param attempts 1 or more
     * @return this
     */
    public HttpSchemaRegistryBuilder attempts(int attempts) {
        this.attempts = attempts;
        return this;
    }

    /**
     * The longest pause after the first attempt, 100 ms by default; it doubles with each.
     *
     * @param pause zero or more
     * @return this
     */
    public HttpSchemaRegistryBuilder backOff(Duration pause) {
        this.backOff = Objects.requireNonNull(pause, "pause");
        return this;
    }

    /**
     * The registry; nothing is sent yet.
     *
     * @return the registry
     * @throws IllegalArgumentException when a setting is out of range
     */
    public HttpSchemaRegistry build() {
        RegistryLimits limits = new RegistryLimits(connectTimeout, requestTimeout, totalTimeout, attempts, backOff);
        RegistryAddresses addresses = new RegistryAddresses(urls.stream()
                .map(url -> authorization.map(url::authorizedBy).orElse(url))
                .toList());
        return new HttpSchemaRegistry(new RegistryHttp(addresses, new RegistryExchange(connectTimeout, tls), limits));
    }
}
