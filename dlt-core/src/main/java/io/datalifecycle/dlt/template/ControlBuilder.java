package io.datalifecycle.dlt.template;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Declares the details of a control. Not thread-safe. */
public final class ControlBuilder {

    private final Place place;
    private @Nullable String title;
    private @Nullable Ref options;
    private @Nullable List<String> values;
    private @Nullable String defaultValue;
    private @Nullable Double min;
    private @Nullable Double max;

    ControlBuilder(Place place) {
        this.place = place;
    }

    /** Name for people. */
    public ControlBuilder title(String value) {
        title = place.once("title", title, value);
        return this;
    }

    /** Metric that gives the values of a select. */
    public ControlBuilder options(Metric metric) {
        return options(metric.ref().toString());
    }

    /** Metric that gives the values of a select, as {@code metric:key}. */
    public ControlBuilder options(String metric) {
        options = place.once("options", options, place.ref("options", metric, RefKind.METRIC));
        return this;
    }

    /** Fixed values of a select (YAML: {@code options} with a list). */
    public ControlBuilder values(String... texts) {
        values = place.once("options", values, List.of(texts));
        return this;
    }

    /** What a select or text holds at first. */
    public ControlBuilder defaultsTo(String value) {
        defaultValue = place.once("default", defaultValue, value);
        return this;
    }

    /** Smallest number allowed. */
    public ControlBuilder min(double value) {
        min = place.once("min", min, value);
        return this;
    }

    /** Largest number allowed. */
    public ControlBuilder max(double value) {
        max = place.once("max", max, value);
        return this;
    }

    Optional<String> title() {
        return Optional.ofNullable(title);
    }

    Control.Select select(String key) {
        if (options == null && values == null) {
            place.need("options", null, "");
        }
        List<String> fixed = values == null ? List.of() : values;
        return new Control.Select(key, title(), Optional.ofNullable(options), fixed, Optional.ofNullable(defaultValue));
    }

    Control.Number number(String key, double value) {
        return new Control.Number(key, title(), value, Optional.ofNullable(min), Optional.ofNullable(max));
    }

    Control.Text text(String key) {
        return new Control.Text(key, title(), Optional.ofNullable(defaultValue));
    }
}
