package io.kaufmann.codec;

import io.kaufmann.event.EventName;
import io.kaufmann.schema.RegistryUnavailableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Tells what an error of a serializer means: that the event cannot be read or written, ever, or that its registry gave no
 * answer, so that the event has to wait.
 *
 * <p>Confluent's serializers wrap what their registry client throws: a {@code RestClientException}, whose message ends with
 * an error code (five digits begin with the HTTP status), or an {@link IOException}; a client error of three digits becomes
 * Kafka's {@code InvalidConfigurationException} with that message alone. An {@code IOException} is an outage only where it
 * comes from the network or through a registry's client: Avro's reader throws one for bytes that are damaged.
 */
final class SerdeFailure {

    private static final Pattern ERROR_CODE = Pattern.compile("; error code: (\\d{3,5})\\b");
    private static final Pattern USER_INFO = Pattern.compile("//[^/\\s]*@");
    private static final String REGISTRY_CLIENT = ".schemaregistry.client.";
    private static final int MAX_CAUSES = 20;

    private static final List<Class<? extends Throwable>> OUTAGES = List.of(
            SocketException.class,
            UnknownHostException.class,
            InterruptedIOException.class,
            HttpTimeoutException.class,
            ClosedChannelException.class,
            SSLException.class,
            InterruptException.class,
            RetriableException.class,
            java.util.concurrent.TimeoutException.class);

    private SerdeFailure() {}

    /**
     * The exception to throw.
     *
     * @param what who failed at what, for the message
     * @param thrown what it threw
     */
    static RuntimeException of(String what, Throwable thrown) {
        List<Throwable> causes = causes(thrown);
        String message = what + ": " + reason(causes);
        if (causes.stream().anyMatch(SerdeFailure::isOutage)) {
            return new RegistryUnavailableException(message, safe(causes));
        }
        return new TranscodeException(message, safe(causes));
    }

    private static List<Throwable> causes(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> causes = new ArrayList<>();
        for (Throwable at = thrown; at != null && seen.add(at) && causes.size() < MAX_CAUSES; at = at.getCause()) {
            causes.add(at);
        }
        return causes;
    }

    private static boolean isOutage(Throwable cause) {
        return OUTAGES.stream().anyMatch(type -> type.isInstance(cause))
                || (cause instanceof IOException && cameThroughRegistryClient(cause))
                || saysOutage(String.valueOf(cause.getMessage()));
    }

    private static boolean cameThroughRegistryClient(Throwable cause) {
        return Arrays.stream(cause.getStackTrace())
                .anyMatch(frame -> frame.getClassName().contains(REGISTRY_CLIENT));
    }

    /** 401 and 403 too: an outage of the configuration, and no event's fault. */
    private static boolean saysOutage(String message) {
        Matcher code = ERROR_CODE.matcher(message);
        if (!code.find()) {
            return false;
        }
        int status = Integer.parseInt(code.group(1).substring(0, 3));
        return status >= 500 || status == 401 || status == 403 || status == 408 || status == 429;
    }

    private static String reason(List<Throwable> causes) {
        Throwable first = causes.get(0);
        Throwable last = causes.get(causes.size() - 1);
        String reason = shown(first);
        return first == last ? reason : reason + ": " + shown(last);
    }

    private static String shown(Throwable cause) {
        String message = cause.getMessage();
        String name = cause.getClass().getSimpleName();
        return message == null ? name : name + " " + EventName.printable(withoutSecrets(message));
    }

    private static String withoutSecrets(String message) {
        return USER_INFO.matcher(message).replaceAll("//");
    }

    /** The error beneath, unless some message of it shows credentials in a URL. */
    private static Throwable safe(List<Throwable> causes) {
        boolean shows = causes.stream()
                .map(cause -> String.valueOf(cause.getMessage()))
                .anyMatch(message -> USER_INFO.matcher(message).find());
        return shows ? null : causes.get(0);
    }
}
