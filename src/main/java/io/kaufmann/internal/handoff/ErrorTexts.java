package io.kaufmann.internal.handoff;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What errors say of themselves. They may be a user's own, whose methods throw or return null: there is always a text. */
public final class ErrorTexts {

    private static final int LONGEST = 10_000;

    private ErrorTexts() {}

    /** An error as plain text, no longer than any broker takes. */
    public static String text(Object error) {
        String text;
        try {
            text = String.valueOf(error);
        } catch (Throwable e) {
            text = null;
        }
        return text == null ? error.getClass().getName() + ", which cannot tell more of itself" : cut(text, LONGEST);
    }

    /** Its message; its text when it has none or cannot tell it. */
    public static String message(Throwable error) {
        String message;
        try {
            message = error.getMessage();
        } catch (Throwable e) {
            message = null;
        }
        return message == null ? text(error) : message;
    }

    /** Its stack trace; empty when it cannot be printed. */
    public static String stackTrace(Throwable error) {
        StringWriter text = new StringWriter();
        try {
            error.printStackTrace(new PrintWriter(text));
        } catch (Throwable e) {
            return "";
        }
        return text.toString();
    }

    /** The text, or its beginning when it is longer than this. */
    public static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "...";
    }
}
