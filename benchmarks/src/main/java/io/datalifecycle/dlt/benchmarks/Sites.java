package io.datalifecycle.dlt.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The template of the benchmarks that have many workspaces: two datastores, three featurestores, an inferencestore, a model, metrics, an alert. */
final class Sites {

    static final String KEY = "site";
    static final int STORES = 6;

    private Sites() {}

    /** The same with a column and a metric more. */
    static String grown() throws IOException {
        return yaml().replace("version: 1.0.0", "version: 1.1.0")
                .replace(
                        "        running: { type: boolean }",
                        "        running: { type: boolean }\n        humidity: { type: number, unit: \"%\" }")
                .replace(
                        "\nalerts:",
                        "\n  humidity_now:\n    sql: SELECT max(humidity) AS value FROM datastore:sensor_data WHERE ts >= now() - interval '1 hour'"
                                + "\n    result: { scalar: { value: value } }\nalerts:");
    }

    static String yaml() throws IOException {
        try (InputStream text = Sites.class.getResourceAsStream("site.yaml")) {
            if (text == null) {
                throw new IllegalStateException("site.yaml is not among the resources of the benchmarks");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
