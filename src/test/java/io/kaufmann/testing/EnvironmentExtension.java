package io.kaufmann.testing;

import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Does what {@link RunsOn} promises. */
final class EnvironmentExtension implements ExecutionCondition, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(EnvironmentExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Platform platform = platform(context);
        return platform.whyMissing()
                .or(() -> needsStoppable(context) ? platform.whyNotStoppable() : Optional.empty())
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled(platform + " is there"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestEnvironment.class || type == StoppableEnvironment.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Platform platform = platform(context);
        // JUnit closes both with the store they are in: at the end of the test, and of all tests.
        if (parameter.getParameter().getType() == StoppableEnvironment.class) {
            return context.getStore(NAMESPACE)
                    .computeIfAbsent(StoppableEnvironment.class, key -> platform.openStoppable());
        }
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(platform, key -> platform.open());
    }

    private static Platform platform(ExtensionContext context) {
        return Stream.<Class<?>>iterate(context.getRequiredTestClass(), c -> c != null, Class::getEnclosingClass)
                .map(type -> type.getAnnotation(RunsOn.class))
                .filter(annotation -> annotation != null)
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static boolean needsStoppable(ExtensionContext context) {
        List<? extends Executable> callables = context.getTestMethod().isPresent()
                ? List.of(context.getRequiredTestMethod())
                : List.of(context.getRequiredTestClass().getDeclaredConstructors());
        return callables.stream()
                .flatMap(callable -> Arrays.stream(callable.getParameterTypes()))
                .anyMatch(StoppableEnvironment.class::equals);
    }
}
