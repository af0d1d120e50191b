package io.datalifecycle.dlt.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Declares the columns a model reads. Not thread-safe. */
public final class FeaturesBuilder {

    private final Place place;
    private final String from;
    private @Nullable List<String> columns;
    private @Nullable List<String> by;

    FeaturesBuilder(Place place, String from) {
        this.place = place;
        this.from = from;
    }

    /** The inputs, numeric, in the order the model sees them. */
    public FeaturesBuilder columns(String... names) {
        columns = place.once("columns", columns, List.of(names));
        return this;
    }

    /** Columns that name the asset. */
    public FeaturesBuilder by(String... names) {
        by = place.once("by", by, List.of(names));
        return this;
    }

    Model.Features build() {
        return new Model.Features(
                place.ref("from", from, null), place.need("columns", columns, List.of()), by == null ? List.of() : by);
    }
}
