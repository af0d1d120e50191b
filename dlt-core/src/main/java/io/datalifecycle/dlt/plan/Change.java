package io.datalifecycle.dlt.plan;

import java.util.List;
import java.util.Optional;

/**
 * What differs between two versions in one item or one column. Immutable.
 *
 * @param kind what happens
 * @param item {@code kind:key}, for a column {@code kind:key#column}; of what is removed the earlier name, else the later one
 * @param was the earlier name of what was renamed, in the same form
 * @param changeClass how much it does to what is there
 * @param breaking whether something that was there can no longer be seen, or rows are refused that were accepted before
 * @param reason what is different, for people
 * @param affects what is downstream in the earlier version, by name: features, models, metrics, panels, alerts, reports, recipients
 */
public record Change(
        ChangeKind kind,
        String item,
        Optional<String> was,
        ChangeClass changeClass,
        boolean breaking,
        String reason,
        List<String> affects) {

    public Change {
        affects = List.copyOf(affects);
    }

    /** The change as one line: {@code ~ datastore:sensor_data#pressure_bar (additive): renamed from pressure}. */
    @Override
    public String toString() {
        char sign = switch (kind) {
            case ADDED -> '+';
            case REMOVED -> '-';
            case CHANGED -> '~';
            case RENAMED -> '>';
        };
        return sign + " " + item + " (" + changeClass.label() + "): " + reason;
    }
}
