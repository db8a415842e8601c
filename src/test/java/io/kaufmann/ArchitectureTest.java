package io.kaufmann;

import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the package table: packages are thread boundaries, and each depends only on the rows above its own.
 *
 * <p>A new package gets its level here first. Think hard before giving it one: what may it know?
 */
class ArchitectureTest {

    private static final String ROOT = "io.kaufmann";

    /** Each package may use those with a lower number, and none with its own: packages of one level do not meet. */
    private static final Map<String, Integer> LEVELS = Map.ofEntries(
            entry("event", 0),
            entry("schema", 1),
            entry("publish", 2),
            entry("codec", 2),
            entry("telemetry", 2),
            entry("health", 1),
            entry("handler", 3),
            entry("codec.avro", 3),
            entry("codec.json", 3),
            entry("telemetry.micrometer", 3),
            entry("internal.time", 4),
            entry("internal.handoff", 4),
            entry("internal.consume", 5),
            entry("internal.work", 5),
            entry("internal.produce", 5),
            entry("internal.assembly", 6),
            entry("", 7),
            entry("testing", 8),
            entry("http", 5),
            entry("task", 9),
            entry("cli", 10));

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void findsTheCodeThatItJudges() {
        assertThat(PRODUCTION).isNotEmpty();
    }

    @Test
    void everyPackageHasALevel() {
        Set<String> packages =
                PRODUCTION.stream().map(ArchitectureTest::packageOf).collect(Collectors.toSet());
        assertThat(LEVELS.keySet()).containsAll(packages);
    }

    @Test
    void packagesDependOnlyOnLowerLevels() {
        classes().should(dependOnlyOnLowerLevels()).check(PRODUCTION);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(PRODUCTION);
    }

    @Test
    void onlyMicrometerTelemetryImportsMicrometer() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".telemetry.micrometer")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .check(PRODUCTION);
    }

    @Test
    void internalTypesStayOutOfPublicSignatures() {
        classes()
                .that()
                .arePublic()
                .and()
                .resideOutsideOfPackage(ROOT + ".internal..")
                .should(showNoInternalTypes())
                .check(PRODUCTION);
    }

    @Test
    void payloadsShowNoJackson() {
        noClasses()
                .that()
                .arePublic()
                .and()
                .resideInAPackage(ROOT + ".event")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson..")
                .check(PRODUCTION);
    }

    private static ArchCondition<JavaClass> dependOnlyOnLowerLevels() {
        return new ArchCondition<>("depend only on packages of lower levels") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                origin.getDirectDependenciesFromSelf().stream()
                        .filter(ArchitectureTest::pointsUpOrSideways)
                        .forEach(dependency -> events.add(violated(
                                dependency,
                                "%s, level %d, must not know %s, level %d: %s"
                                        .formatted(
                                                origin.getPackageName(),
                                                level(origin),
                                                dependency.getTargetClass().getPackageName(),
                                                level(dependency.getTargetClass()),
                                                dependency.getDescription()))));
            }
        };
    }

    private static boolean pointsUpOrSideways(Dependency dependency) {
        JavaClass origin = dependency.getOriginClass();
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        return isOurs(target)
                && !target.getPackageName().equals(origin.getPackageName())
                && level(target) >= level(origin);
    }

    private static ArchCondition<JavaClass> showNoInternalTypes() {
        return new ArchCondition<>("show no internal types") {
            @Override
            public void check(JavaClass shown, ConditionEvents events) {
                reportInternal(shown, supertypes(shown), shown.getFullName(), events);
                for (JavaField field : shown.getFields()) {
                    if (isVisible(field.getModifiers())) {
                        reportInternal(shown, Stream.of(field.getType()), field.getFullName(), events);
                    }
                }
                for (JavaCodeUnit code : shown.getCodeUnits()) {
                    if (isVisible(code.getModifiers())) {
                        reportInternal(shown, signature(code), code.getFullName(), events);
                    }
                }
            }
        };
    }

    private static Stream<JavaType> supertypes(JavaClass type) {
        return Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    }

    private static Stream<JavaType> signature(JavaCodeUnit code) {
        return Stream.of(
                        Stream.of(code.getReturnType()),
                        code.getParameterTypes().stream(),
                        code.getExceptionTypes().stream(),
                        code.getTypeParameters().stream())
                .flatMap(types -> types);
    }

    private static void reportInternal(
            JavaClass owner, Stream<? extends JavaType> types, String place, ConditionEvents events) {
        types.map(JavaType::getAllInvolvedRawTypes)
                .flatMap(Collection::stream)
                .filter(type -> type.getPackageName().startsWith(ROOT + ".internal"))
                .distinct()
                .forEach(type -> events.add(violated(owner, place + " shows the internal " + type.getFullName())));
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(PUBLIC) || modifiers.contains(PROTECTED);
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    private static int level(JavaClass type) {
        return LEVELS.getOrDefault(packageOf(type.getBaseComponentType()), Integer.MAX_VALUE);
    }

    private static String packageOf(JavaClass type) {
        return type.getPackageName().equals(ROOT) ? "" : type.getPackageName().substring(ROOT.length() + 1);
    }
}
