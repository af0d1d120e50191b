package io.datalifecycle.dlt.spi;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A change of state. Immutable.
 *
 * @param alert key of the alert
 * @param labels label set, sorted by name
 * @param from state before
 * @param to state after
 * @param at when
 * @param value value that caused it, NaN for none
 */
public record AlertTransition(
        String alert, Map<String, String> labels, AlertState from, AlertState to, Instant at, double value) {

    public AlertTransition {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }
}
