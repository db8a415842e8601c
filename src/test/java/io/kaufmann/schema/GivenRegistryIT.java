package io.kaufmann.schema;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(
        named = GivenRegistryIT.URL,
        matches = ".+",
        disabledReason = "no registry was given: run with -D" + GivenRegistryIT.URL + "=http://host:port")
class GivenRegistryIT extends HttpRegistryContract {

    static final String URL = "kaufmann.test.registry";

    @Override
    String url() {
        return System.getProperty(URL);
    }
}
