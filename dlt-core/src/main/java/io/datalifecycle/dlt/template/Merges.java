package io.datalifecycle.dlt.template;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Which columns of roll-ups are merged by wider ones, and what they are at the bottom. Pure functions of a template. */
public final class Merges {

    /** What names of hidden columns begin with; no declared column does. */
    public static final String STATE_MARK = "~";

    /** Most characters of the part in {@link #state}. */
    public static final int MOST_STATE_PART = 9;

    private Merges() {}

    /** Hidden column that a part of a merged column's state is kept in: {@code ~pressure_avg~count}; a part has at most 9 characters. */
    public static String state(String column, String part) {
        return STATE_MARK + column + STATE_MARK + part;
    }

    /** Columns of a store that roll-ups merge, in the order of their first use; the table keeps the states of these. */
    public static Set<String> columnsOf(Template template, Ref store) {
        Set<String> columns = new LinkedHashSet<>();
        for (Featurestore reader : template.featurestores()) {
            if (reader.transform() instanceof Rollup rollup && rollup.from().equals(store)) {
                rollup.columns().stream()
                        .map(RollupColumn::aggregate)
                        .filter(a -> a.function() == AggregateFunction.MERGE)
                        .forEach(a -> a.column().ifPresent(columns::add));
            }
        }
        return columns;
    }

    /** The roll-up that a roll-up reads; empty when its source is none. */
    public static Optional<Rollup> source(Template template, Rollup rollup) {
        return template.store(rollup.from())
                .filter(Featurestore.class::isInstance)
                .map(store -> ((Featurestore) store).transform())
                .filter(Rollup.class::isInstance)
                .map(Rollup.class::cast);
    }

    /**
     * The aggregate that a column of a roll-up is over raw rows: its own, or what it merges, through any number of roll-ups. Empty where
     * the chain leads to something that is no computed column of a roll-up.
     */
    public static Optional<Aggregate> origin(Template template, Rollup rollup, String column) {
        Optional<Rollup> at = Optional.of(rollup);
        String name = column;
        // a circle of stores, which the checker names, must end too
        for (int depth = 0; at.isPresent() && depth <= template.stores().size(); depth++) {
            Optional<Aggregate> aggregate = aggregate(at.get(), name);
            if (aggregate.isEmpty() || aggregate.get().function() != AggregateFunction.MERGE) {
                return aggregate;
            }
            name = aggregate.get().column().orElse("");
            at = source(template, at.get());
        }
        return Optional.empty();
    }

    private static Optional<Aggregate> aggregate(Rollup rollup, String column) {
        return rollup.columns().stream()
                .filter(c -> c.name().equals(column))
                .map(RollupColumn::aggregate)
                .findFirst();
    }
}
