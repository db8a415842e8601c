package io.kaufmann.testing;

import io.kaufmann.schema.CompatibilityLevel;
import java.util.Arrays;
import java.util.Map;

/** Confluent's REST API for compatibility levels. */
final class RegistryConfigApi {

    private final CompatibilityRules rules;

    RegistryConfigApi(CompatibilityRules rules) {
        this.rules = rules;
    }

    void addTo(RegistryRoutes routes) {
        routes.on("GET", "/config", call -> shown(rules.general()))
                .on("PUT", "/config", this::setGeneral)
                .on("DELETE", "/config", call -> resetGeneral())
                .on("GET", "/config/*", this::own)
                .on("PUT", "/config/*", this::setOwn)
                .on("DELETE", "/config/*", this::deleteOwn);
    }

    private Map<String, Object> own(RegistryCall call) {
        if (call.flag("defaultToGlobal")) {
            return shown(rules.of(call.subject()));
        }
        return shown(rules.own(call.subject()).orElseThrow(() -> notConfigured(call)));
    }

    private Map<String, Object> setOwn(RegistryCall call) {
        CompatibilityLevel level = level(call);
        rules.own(call.subject(), level);
        return Map.of("compatibility", level);
    }

    private Map<String, Object> deleteOwn(RegistryCall call) {
        return shown(rules.forget(call.subject()).orElseThrow(() -> notConfigured(call)));
    }

    private static RegistryProblem notConfigured(RegistryCall call) {
        return new RegistryProblem(
                RegistryProblem.LEVEL_NOT_CONFIGURED,
                "Subject '" + call.subject() + "' does not have subject-level compatibility configured");
    }

    private Map<String, Object> setGeneral(RegistryCall call) {
        CompatibilityLevel level = level(call);
        rules.general(level);
        return Map.of("compatibility", level);
    }

    private Map<String, Object> resetGeneral() {
        CompatibilityLevel old = rules.general();
        rules.general(CompatibilityLevel.BACKWARD);
        return shown(old);
    }

    private static Map<String, Object> shown(CompatibilityLevel level) {
        return Map.of("compatibilityLevel", level);
    }

    private static CompatibilityLevel level(RegistryCall call) {
        String name = call.body().path("compatibility").asText();
        return Arrays.stream(CompatibilityLevel.values())
                .filter(level -> level.name().equals(name))
                .findAny()
                .orElseThrow(() -> new RegistryProblem(
                        RegistryProblem.INVALID_LEVEL,
                        "Invalid compatibility level. Valid values are "
                                + Arrays.toString(CompatibilityLevel.values())));
    }
}
