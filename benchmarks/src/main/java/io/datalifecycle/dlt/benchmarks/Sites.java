package io.datalifecycle.dlt.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The template of the benchmarks that have many workspaces: two datastores, three featurestores, an inferencestore, a model, metrics, an alert. */
final class Sites {

    static final String KEY = "site";
    static final int STORES = 6;

    private Sites() {}

    static String yaml() throws IOException {
        try (InputStream text = Sites.class.getResourceAsStream("site.yaml")) {
            if (text == null) {
                throw new IllegalStateException("site.yaml is not among the resources of the benchmarks");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
