package io.kaufmann.testing;

import io.kaufmann.schema.RegistryMode;
import java.util.Arrays;
import java.util.Map;

/** Confluent's REST API for modes. */
final class RegistryModeApi {

    private final RegistryModes modes;

    RegistryModeApi(RegistryModes modes) {
        this.modes = modes;
    }

    void addTo(RegistryRoutes routes) {
        routes.on("GET", "/mode", call -> shown(modes.general()))
                .on("PUT", "/mode", this::setGeneral)
                .on("GET", "/mode/*", this::own)
                .on("PUT", "/mode/*", this::setOwn)
                .on("DELETE", "/mode/*", this::deleteOwn);
    }

    private Map<String, Object> setGeneral(RegistryCall call) {
        RegistryMode mode = mode(call);
        modes.general(mode);
        return shown(mode);
    }

    private Map<String, Object> own(RegistryCall call) {
        if (call.flag("defaultToGlobal")) {
            return shown(modes.of(call.subject()));
        }
        return shown(modes.own(call.subject()).orElseThrow(() -> notConfigured(call)));
    }

    private Map<String, Object> setOwn(RegistryCall call) {
        RegistryMode mode = mode(call);
        modes.own(call.subject(), mode);
        return shown(mode);
    }

    private Map<String, Object> deleteOwn(RegistryCall call) {
        return shown(modes.forget(call.subject()).orElseThrow(() -> notConfigured(call)));
    }

    private static RegistryProblem notConfigured(RegistryCall call) {
        return new RegistryProblem(
                RegistryProblem.MODE_NOT_CONFIGURED,
                "Subject '" + call.subject() + "' does not have subject-level mode configured");
    }

    private static Map<String, Object> shown(RegistryMode mode) {
        return Map.of("mode", mode);
    }

    private static RegistryMode mode(RegistryCall call) {
        String name = call.body().path("mode").asText();
        return Arrays.stream(RegistryMode.values())
                .filter(mode -> mode.name().equals(name))
                .findAny()
                .orElseThrow(() -> new RegistryProblem(
                        RegistryProblem.INVALID_MODE,
                        "Invalid mode. Valid values are " + Arrays.toString(RegistryMode.values())));
    }
}
