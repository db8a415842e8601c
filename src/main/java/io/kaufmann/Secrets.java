package io.kaufmann;

import java.util.Locale;
import java.util.regex.Pattern;

/** Keeps secrets out of what is shown. It hides rather too much than too little. */
final class Secrets {

    static final String HIDDEN = "***";

    private static final Pattern SECRET_NAME = Pattern.compile(
            "pass(word|wd|phrase)|pwd|secret|token|jaas|credential|private.?key|keystore.key|api.?key|access.?key"
                    + "|user.?info|auth\\.header|authorization|signature");
    private static final Pattern USER_INFO = Pattern.compile("(?s)([a-zA-Z][a-zA-Z0-9+.-]*://)?.*@");
    private static final Pattern SECRET_ARGUMENT =
            Pattern.compile("(?i)(pass(?:word|wd|phrase)|secret|token|key)=[^&;\\s]+");
    private static final int LONGEST = 200;

    private Secrets() {}

    /** Whether a key looks like that of a secret. */
    static boolean isSecret(String key) {
        return SECRET_NAME.matcher(key.toLowerCase(Locale.ROOT)).find();
    }

    /** A value as it may be shown: hidden, or without a URL's user and password, on one line and not too long. */
    static String shown(String key, String value) {
        return isSecret(key) ? HIDDEN : shown(value);
    }

    /** A text as it may be shown, if it is not a secret as a whole. */
    static String shown(String value) {
        String safe = value;
        if (safe.indexOf('@') >= 0) {
            safe = USER_INFO.matcher(safe).replaceAll("$1" + HIDDEN + "@");
        }
        safe = SECRET_ARGUMENT.matcher(safe).replaceAll("$1=" + HIDDEN);
        return oneLine(safe);
    }

    /** A text without control characters, cut when it is long. */
    static String oneLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
