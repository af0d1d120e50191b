package io.datalifecycle.dlt.model.internal;

import io.datalifecycle.dlt.spi.FeatureWriter;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.time.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Arithmetic on touched ranges. */
final class Ranges {

    private Ranges() {}

    /** What was touched of one store before an instant: disjoint, ascending, cut off there. */
    static List<TimeRange> before(Collection<FeatureWriter.Touched> touched, Ref store, Instant end) {
        List<TimeRange> sorted = touched.stream()
                .filter(t -> t.source().equals(store) && t.range().from().isBefore(end))
                .map(FeatureWriter.Touched::range)
                .map(r -> r.to().isAfter(end) ? TimeRange.of(r.from(), end) : r)
                .sorted(Comparator.comparing(TimeRange::from))
                .toList();
        List<TimeRange> merged = new ArrayList<>();
        for (TimeRange range : sorted) {
            TimeRange last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && !range.from().isAfter(last.to())) {
                Instant to = range.to().isAfter(last.to()) ? range.to() : last.to();
                merged.set(merged.size() - 1, TimeRange.of(last.from(), to));
            } else {
                merged.add(range);
            }
        }
        return merged;
    }
}
