package io.kaufmann;

import io.kaufmann.internal.handoff.NearestName;
import java.util.Locale;
import java.util.Optional;

/** Says what may be meant by a key that is in no table. Never quotes the value: the key may be a secret's, mistyped. */
final class UnknownKeys {

    private static final String NESTED_KAFKA = Setting.PREFIX + "kafka.";

    private UnknownKeys() {}

    /** The problem of an unknown key that begins with {@code kaufmann.}. */
    static String property(String key, Source source) {
        return Secrets.oneLine(key) + source.words() + " is no setting of Kaufmann. " + meant(key);
    }

    private static String meant(String key) {
        if (key.startsWith(NESTED_KAFKA)) {
            return "Write " + Secrets.oneLine(key.substring(Setting.PREFIX.length()));
        }
        String name = key.substring(Setting.PREFIX.length()).toLowerCase(Locale.ROOT);
        Optional<String> kaufmannEx = KaufmannExKeys.counterpart(name);
        if (kaufmannEx.isPresent()) {
            return "The counterpart of KaufmannEx's " + name.replace('.', '_').replace('-', '_') + ": "
                    + kaufmannEx.get();
        }
        return NearestName.of(key, Settings.all().stream().map(Setting::key).toList())
                .map(nearest -> "Did you mean " + nearest + "?")
                .orElse("docs/configuration.md lists them all");
    }

    /** The setting whose variable a mistyped one was meant to be; empty when it does not look like any. */
    static Optional<String> nearestVariable(String variable) {
        return NearestName.of(
                variable, Settings.all().stream().map(Setting::variable).toList());
    }
}
