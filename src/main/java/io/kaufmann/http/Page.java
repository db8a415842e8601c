package io.kaufmann.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page for people: one file with its style and its script, and the policy that lets a browser run these two and nothing else.
 * Immutable.
 */
final class Page {

    /** For all answers that are no page. */
    static final String NOTHING_ALLOWED =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String FILE = "page.html";

    private final Answer answer;

    private Page(Answer answer) {
        this.answer = answer;
    }

    static Page read() {
        try (InputStream file = Page.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("io/kaufmann/http/" + FILE
                        + " is not on the class path: the jar was made without resources that are not classes");
            }
            byte[] bytes = file.readAllBytes();
            String html = new String(bytes, UTF_8);
            return new Page(new Answer(
                    Answer.OK,
                    Map.of(
                            "Content-Type",
                            "text/html; charset=utf-8",
                            "Content-Security-Policy",
                            NOTHING_ALLOWED + "; connect-src 'self'; img-src data:; style-src " + hash(html, "style")
                                    + "; script-src " + hash(html, "script") + "; require-trusted-types-for 'script'"),
                    bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer answer() {
        return answer;
    }

    /** Names an element's content as a policy does. */
    private static String hash(String html, String element) {
        Matcher content = Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
                .matcher(html);
        if (!content.find()) {
            throw new IllegalStateException(FILE + " has no " + element);
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(content.group(1).getBytes(UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
