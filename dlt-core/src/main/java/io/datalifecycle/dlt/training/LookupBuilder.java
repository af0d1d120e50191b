package io.datalifecycle.dlt.training;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Declares what a training set looks up in one store. Not thread-safe. */
public final class LookupBuilder {

    private final String store;
    private final List<String> by = new ArrayList<>();
    private final List<String> columns = new ArrayList<>();
    private @Nullable Duration within;
    private String prefix = "";

    LookupBuilder(String store) {
        this.store = store;
    }

    /** Columns, of these names in the entities and in the store, that must be equal; null equals null. Without any, all rows of the store count. */
    public LookupBuilder by(String... names) {
        by.addAll(List.of(names));
        return this;
    }

    /** Columns that are taken, at least one. */
    public LookupBuilder columns(String... names) {
        columns.addAll(List.of(names));
        return this;
    }

    /** How old a row may be: it must have become known after the entity's time less this. Any age when not given. */
    public LookupBuilder within(Duration age) {
        if (within != null) {
            throw new IllegalStateException("within: is already " + within);
        }
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("within: " + age + " is not more than nothing");
        }
        within = age;
        return this;
    }

    /** Put before the names of the columns, so that two stores may have the same. */
    public LookupBuilder prefix(String text) {
        prefix = Objects.requireNonNull(text, "text");
        return this;
    }

    TrainingSetDefinition.Feature build() {
        if (columns.isEmpty()) {
            throw new IllegalStateException("columns: name at least one of " + store);
        }
        return new TrainingSetDefinition.Feature(store, by, columns, Optional.ofNullable(within), prefix);
    }
}
