package io.kaufmann.fuzz;

import io.kaufmann.fuzz.HostileCases.Case;
import java.util.List;

/** Goes through hostile cases and prints a line for each; ends with 1 when one did not end as it must. */
public final class HostileMain {

    private static final int SHOWN = 160;

    private HostileMain() {}

    /** Takes the name of a {@link HostileCases} class. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        List<Case> cases = Class.forName(arguments[0])
                .asSubclass(HostileCases.class)
                .getConstructor()
                .newInstance()
                .cases();
        int wrong = 0;
        for (Case hostile : cases) {
            wrong += endsAsItMust(hostile) ? 0 : 1;
        }
        System.out.println(cases.size() + " cases, " + wrong + " wrong");
        System.exit(wrong == 0 ? 0 : 1);
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // Read by who reads the test's failure.
    private static boolean endsAsItMust(Case hostile) {
        long start = System.nanoTime();
        try {
            hostile.attempt().call();
            return told(hostile.refusals().isEmpty(), "read", hostile, start, "");
        } catch (Throwable thrown) {
            boolean right = hostile.refusals().contains(thrown.getClass());
            told(right, "refused", hostile, start, thrown.getClass().getSimpleName() + ": " + cut(thrown.getMessage()));
            if (!right) {
                thrown.printStackTrace(System.out);
            }
            return right;
        }
    }

    private static boolean told(boolean right, String how, Case hostile, long start, String detail) {
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.printf(
                "%s %s in %d ms: %s. %s%n",
                right ? "ok" : "WRONG", how, millis, hostile.name(), detail.replaceAll("\\p{Cntrl}", "?"));
        return right;
    }

    private static String cut(String message) {
        return message == null || message.length() <= SHOWN ? message : message.substring(0, SHOWN) + "...";
    }
}
