package io.datalifecycle.dlt.template;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Declares what a series is in a metric's rows. Not thread-safe. */
public final class SeriesBuilder {

    private final Place place;
    private @Nullable String x;
    private @Nullable String y;
    private @Nullable String by;
    private @Nullable String unit;

    SeriesBuilder(Place place) {
        this.place = place;
    }

    /** Column of the x axis, time or category. */
    public SeriesBuilder x(String column) {
        x = place.once("x", x, column);
        return this;
    }

    /** Column of the value. */
    public SeriesBuilder y(String column) {
        y = place.once("y", y, column);
        return this;
    }

    /** Column of the label. */
    public SeriesBuilder by(String column) {
        by = place.once("by", by, column);
        return this;
    }

    /** Unit for people. */
    public SeriesBuilder unit(String text) {
        unit = place.once("unit", unit, text);
        return this;
    }

    ResultShape.Series build() {
        return new ResultShape.Series(
                place.need("x", x, ""), place.need("y", y, ""), Optional.ofNullable(by), Optional.ofNullable(unit));
    }
}
