package io.datalifecycle.dlt.template;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Declares what a scalar is in a metric's rows. Not thread-safe. */
public final class ScalarBuilder {

    private final Place place;
    private @Nullable String value;
    private @Nullable String by;
    private @Nullable String unit;

    ScalarBuilder(Place place) {
        this.place = place;
    }

    /** Column of the value. */
    public ScalarBuilder value(String column) {
        value = place.once("value", value, column);
        return this;
    }

    /** Column of the label. */
    public ScalarBuilder by(String column) {
        by = place.once("by", by, column);
        return this;
    }

    /** Unit for people. */
    public ScalarBuilder unit(String text) {
        unit = place.once("unit", unit, text);
        return this;
    }

    ResultShape.Scalar build() {
        return new ResultShape.Scalar(
                place.need("value", value, ""), Optional.ofNullable(by), Optional.ofNullable(unit));
    }
}
