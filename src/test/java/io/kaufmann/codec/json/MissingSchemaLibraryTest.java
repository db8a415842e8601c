package io.kaufmann.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissingSchemaLibraryTest {

    @TempDir
    private Path folder;

    /** A class path without the optional library. */
    private static final class WithoutLibrary extends ClassLoader {

        WithoutLibrary() {
            super(WithoutLibrary.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.networknt.")) {
                throw new ClassNotFoundException(name);
            }
            return name.startsWith("io.kaufmann.codec.json.") ? own(name) : super.loadClass(name, resolve);
        }

        private Class<?> own(String name) throws ClassNotFoundException {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] code = in.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static Object builder() throws ReflectiveOperationException {
        return new WithoutLibrary()
                .loadClass(JsonTranscoder.class.getName())
                .getMethod("builder")
                .invoke(null);
    }

    private static Object build(Object builder) throws ReflectiveOperationException {
        return builder.getClass().getMethod("build").invoke(builder);
    }

    @Test
    void worksWithoutSchemas() throws ReflectiveOperationException {
        assertThat(build(builder())).hasToString("json, schemas: none");
    }

    @Test
    void saysWhichDependencyIsMissing() throws ReflectiveOperationException, IOException {
        Files.writeString(folder.resolve("event.a.json"), "{}");
        Object builder = builder();
        Method schemas = builder.getClass().getMethod("schemas", List.class);
        schemas.invoke(builder, List.of(folder));
        Assertions.assertThatExceptionOfType(InvocationTargetException.class)
                .isThrownBy(() -> build(builder))
                .havingCause()
                .isInstanceOf(IllegalStateException.class)
                .withMessageContaining("com.networknt:json-schema-validator");
    }
}
