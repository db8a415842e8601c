package io.kaufmann;

import io.kaufmann.codec.Transcoder;
import io.kaufmann.event.EventNames;
import io.kaufmann.event.EventNaming;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.telemetry.LoggingTelemetry;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.telemetry.micrometer.MicrometerTelemetry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The types of settings whose values are objects: in text, a name that Kaufmann knows or a class to make one of. */
final class PluginTypes {

    private PluginTypes() {}

    static SettingType<EventHandler> handler() {
        return plugin(EventHandler.class, Map.of()).checked(PluginTypes::acceptsSomething);
    }

    private static void acceptsSomething(EventHandler handler) {
        EventNames names;
        try {
            names = handler.handledEvents();
        } catch (RuntimeException e) {
            throw failed("cannot tell its events: handledEvents() threw ", e);
        }
        if (names == null || names.isEmpty()) {
            throw new WrongValueException(
                    "accepts no event: handledEvents() is empty", "Let it name events, or return EventNames.all()");
        }
    }

    static SettingType<TranscoderPlan> transcoders() {
        return SettingType.of(
                String.join(", ", NamedTranscoders.names()) + ", or the names of classes that implement "
                        + Transcoder.class.getName()
                        + " and have a public constructor without arguments, separated by commas",
                text -> NamedTranscoders.parse(text, name -> make(Transcoder.class, name)),
                TranscoderPlan::toString);
    }

    /** Objects of a type, some of which have names. */
    static <T> SettingType<T> plugin(Class<T> type, Map<String, T> named) {
        String form = "the name of a class that implements " + type.getName()
                + " and has a public constructor without arguments";
        if (!named.isEmpty()) {
            form = String.join(", ", new TreeSet<>(named.keySet())) + ", or " + form;
        }
        return SettingType.of(form, text -> named(type, named, text), PluginTypes::className);
    }

    private static <T> T named(Class<T> type, Map<String, T> named, String text) {
        T known = named.get(text.toLowerCase(Locale.ROOT).replace('_', '-'));
        return known == null ? make(type, text) : known;
    }

    private static <T> T make(Class<T> type, String name) {
        try {
            Class<?> found = load(name);
            if (!type.isAssignableFrom(found)) {
                throw new WrongValueException("names a class that does not implement " + type.getName());
            }
            if (!Modifier.isPublic(found.getModifiers())) {
                throw new WrongValueException("names a class that is not public");
            }
            return type.cast(found.getConstructor().newInstance());
        } catch (ClassNotFoundException e) {
            throw new WrongValueException("is not the name of a class on the class path");
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new WrongValueException("names a class without a public constructor that takes no arguments");
        } catch (InvocationTargetException e) {
            throw failed("names a class whose constructor threw ", e.getCause());
        } catch (LinkageError e) {
            throw failed("names a class that cannot be loaded: ", e);
        }
    }

    /** One listener, or several. Each is made when it is asked for: to measure takes memory. */
    static SettingType<Telemetry> telemetry() {
        return SettingType.of(
                "logging, micrometer, none, or the names of classes that implement " + Telemetry.class.getName()
                        + " and have a public constructor without arguments, separated by commas",
                text -> telemetry(SettingTypes.split(text)),
                PluginTypes::className);
    }

    private static Telemetry telemetry(List<String> names) {
        List<Telemetry> listeners = names.stream().map(PluginTypes::telemetry).toList();
        return listeners.size() == 1 ? listeners.get(0) : Telemetry.all(listeners.toArray(Telemetry[]::new));
    }

    private static Telemetry telemetry(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "none" -> Telemetry.NONE;
            case "logging" -> new LoggingTelemetry();
            case "micrometer" -> new MicrometerTelemetry();
            default -> make(Telemetry.class, name);
        };
    }

    static SettingType<EventNaming> eventNaming() {
        return SettingType.of(EventNaming.FORM, PluginTypes::naming, EventNaming::toString);
    }

    private static EventNaming naming(String text) {
        try {
            return EventNaming.parse(text);
        } catch (IllegalArgumentException e) {
            WrongValueException wrong = new WrongValueException("is no place where a name can stand");
            wrong.initCause(e);
            throw wrong;
        }
    }

    private static WrongValueException failed(String what, Throwable cause) {
        WrongValueException failure =
                new WrongValueException(what + Secrets.shown(cause.toString()), "Mend that class");
        failure.initCause(cause);
        return failure;
    }

    /** Whether this is the name of a class on the class path. */
    static boolean isClass(String text) {
        try {
            load(text);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context == null) {
            return Class.forName(name);
        }
        try {
            return Class.forName(name, true, context);
        } catch (ClassNotFoundException e) {
            return Class.forName(name);
        }
    }

    // Never its toString(): an object of a user's own may tell secrets there.
    private static String className(Object value) {
        String name = value.getClass().getName();
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : name.substring(0, lambda) + " (lambda)";
    }
}
