package io.datalifecycle.dlt.view;

import java.time.Instant;
import java.util.Map;

/**
 * One alert for a list. Immutable.
 *
 * @param key key of the alert
 * @param title name for people, labels filled in
 * @param labels label set
 * @param state {@code firing}, {@code pending}, {@code recovering}, {@code no-data}, {@code error}, {@code normal}
 * @param severity {@code info}, {@code warning}, {@code critical}
 * @param since when it came into that state
 * @param value last value, NaN for none
 */
public record AlertView(
        String key,
        String title,
        Map<String, String> labels,
        String state,
        String severity,
        Instant since,
        double value) {

    public AlertView {
        labels = Map.copyOf(labels);
    }
}
