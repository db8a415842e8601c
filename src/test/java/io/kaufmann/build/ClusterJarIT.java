package io.kaufmann.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.kaufmann.testing.KaufmannTestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The jar with the test cluster, which users put beside the library: its list of classes is written by hand. */
class ClusterJarIT {

    private static final Path LIBRARY = Path.of(System.getProperty("kaufmann.test.jar"));
    private static final Path CLUSTER =
            LIBRARY.resolveSibling(LIBRARY.getFileName().toString().replace(".jar", "-test-cluster.jar"));
    // The library's own, and those that docs/testing.md tells users to have.
    private static final List<String> THERE =
            List.of("java.", "org.apache.kafka.", "kafka.", "org.slf4j.", "org.apache.avro.", "scala.");

    @Test
    void needsNothingThatItsUsersLack() throws IOException {
        JavaClasses cluster = classes(CLUSTER);
        Set<String> known = new TreeSet<>(names(cluster));
        known.addAll(names(classes(LIBRARY)));
        assertThat(known).contains(KaufmannTestCluster.class.getName());
        Set<String> lacking = cluster.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(type -> !type.isPrimitive())
                .map(JavaClass::getName)
                .filter(name -> !known.contains(name) && THERE.stream().noneMatch(name::startsWith))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(lacking).isEmpty();
    }

    private static JavaClasses classes(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return new ClassFileImporter().importJar(file);
        }
    }

    private static Set<String> names(JavaClasses classes) {
        return classes.stream().map(JavaClass::getName).collect(Collectors.toSet());
    }
}
