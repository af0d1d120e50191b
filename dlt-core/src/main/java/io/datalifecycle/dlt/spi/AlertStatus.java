package io.datalifecycle.dlt.spi;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where an alert stands for one label set. Immutable.
 *
 * @param alert key of the alert
 * @param labels label set, sorted by name
 * @param state the state
 * @param since when it came into that state
 * @param conditionSince since when the raise (or, recovering, the clear) condition has held without a break
 * @param value last value, NaN for none
 * @param lastRowAt when the label set last gave a row
 * @param evaluatedAt last evaluation
 * @param detail for {@link AlertState#ERROR}: what went wrong, without SQL or values; else empty
 */
public record AlertStatus(
        String alert,
        Map<String, String> labels,
        AlertState state,
        Instant since,
        Optional<Instant> conditionSince,
        double value,
        Optional<Instant> lastRowAt,
        Instant evaluatedAt,
        String detail) {

    public AlertStatus {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }
}
