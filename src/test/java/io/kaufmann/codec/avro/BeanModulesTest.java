package io.kaufmann.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kaufmann.codec.TranscodeException;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes from elsewhere: of a module that lets nobody in, and of a class loader that is thrown away. */
class BeanModulesTest {

    private static final String ORDERS = """
            package shop;
            public final class Orders {
                private enum Kind { BIG }
                private record Hidden(String id, Kind kind) {}
                public record Shown(String id) {}
                public static Object hidden() { return new Hidden("a", Kind.BIG); }
                public static Object shown() { return new Shown("a"); }
            }
            """;

    @TempDir
    private Path folder;

    private final Events events = new Events();

    private void compile(Map<String, String> sources) throws IOException {
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
        }
        String[] files = sources.keySet().stream()
                .map(name -> folder.resolve(name).toString())
                .toArray(String[]::new);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, files))
                .isZero();
    }

    private static Object call(ClassLoader loader, String method) throws ReflectiveOperationException {
        return loader.loadClass("shop.Orders").getMethod(method).invoke(null);
    }

    @Test
    void aModuleThatIsNotOpenIsNamedWithWhatToDo() throws Exception {
        compile(Map.of("module-info.java", "module shop { exports shop; }", "shop/Orders.java", ORDERS));
        events.put("event.x", "{\"name\": \"id\", \"type\": \"string\"}");
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration =
                boot.configuration().resolve(ModuleFinder.of(folder), ModuleFinder.of(), Set.of("shop"));
        ClassLoader loader = boot.defineModulesWithOneLoader(
                        configuration, getClass().getClassLoader())
                .findLoader("shop");

        Object hidden = call(loader, "hidden");
        assertThatThrownBy(() -> events.encode("event.x", hidden))
                .isInstanceOf(TranscodeException.class)
                .hasMessageStartingWith("event.x payload: expected record event.Payload, found shop.Orders$Hidden,"
                        + " which cannot be read: its module does not let Jackson in. Add to the module-info of shop:"
                        + " opens shop to com.fasterxml.jackson.databind");
        assertThat(events.decode("event.x", events.encode("event.x", call(loader, "shown")))
                        .payload()
                        .value())
                .as("what is exported needs no more")
                .isEqualTo(Map.of("id", "a"));
    }

    @Test
    void aClassGoesWhenItsLoaderGoes() throws Exception {
        compile(Map.of("shop/Orders.java", ORDERS));
        events.put("event.x", """
                {"name": "id", "type": "string"}, {"name": "kind", "type": ["null", "string"], "default": null}""");

        List<WeakReference<?>> gone = List.of(encodedFromElsewhere("hidden"), encodedFromElsewhere("shown"));

        await().untilAsserted(() -> {
            System.gc();
            assertThat(gone)
                    .allSatisfy(
                            reference -> assertThat((Object) reference.get()).isNull());
        });
    }

    private WeakReference<?> encodedFromElsewhere(String method) throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            events.encode("event.x", call(loader, method));
            return new WeakReference<>(loader);
        }
    }
}
