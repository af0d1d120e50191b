package io.datalifecycle.dlt.view;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One line of a time series chart. Immutable.
 *
 * @param label name in the legend, may be empty
 * @param times instants in ascending order
 * @param values one per instant; NaN for a gap
 */
public record SeriesData(String label, List<Instant> times, double[] values) {

    public SeriesData {
        Objects.requireNonNull(label, "label");
        times = List.copyOf(times);
        values = values.clone();
        if (times.size() != values.length) {
            throw new IllegalArgumentException("values: " + values.length + " for " + times.size() + " times");
        }
    }

    @Override
    public double[] values() {
        return values.clone();
    }
}
