package io.datalifecycle.dlt.template;

import java.util.List;
import java.util.Optional;

/**
 * A typed question about stores; feeds panels, alerts and reports alike. Immutable.
 *
 * @param key name
 * @param title name for people
 * @param description what it tells, for people
 * @param source how its rows come about
 * @param inputs its bind parameters, in order
 * @param result what its rows mean
 */
public record Metric(
        String key,
        Optional<String> title,
        Optional<String> description,
        MetricSource source,
        List<Input> inputs,
        ResultShape result) {

    public Metric {
        inputs = List.copyOf(inputs);
    }

    public Ref ref() {
        return Ref.metric(key);
    }
}
