package io.datalifecycle.dlt.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Declares a dashboard: controls, then panels in reading order. Not thread-safe. */
public final class DashboardBuilder {

    private final Place place;
    private final Renaming renaming;
    private final Map<String, Control> controls = new LinkedHashMap<>();
    private final List<Panel> panels = new ArrayList<>();
    private @Nullable String title;

    DashboardBuilder(Place place) {
        this.place = place;
        this.renaming = new Renaming(place);
    }

    /** Key that it had in the version before; its rows and states are kept. */
    public DashboardBuilder renamedFrom(String oldKey) {
        renaming.from(oldKey);
        return this;
    }

    /** Name for people. */
    public DashboardBuilder title(String value) {
        title = place.once("title", title, value);
        return this;
    }

    /** A span of time that ends now. */
    public Control.TimeRange timeRange(String key, Duration length) {
        return timeRange(key, length, c -> {});
    }

    /** A span of time that ends now. */
    public Control.TimeRange timeRange(String key, Duration length, Consumer<ControlBuilder> nested) {
        ControlBuilder builder = control(key, nested);
        return add(new Control.TimeRange(key, builder.title(), length));
    }

    /** One of the values that a metric gives, or none. */
    public Control.Select select(String key, Metric options) {
        return select(key, c -> c.options(options));
    }

    /** One of these values, or none. */
    public Control.Select select(String key, String... values) {
        return select(key, c -> c.values(values));
    }

    /** One of several values, or none. */
    public Control.Select select(String key, Consumer<ControlBuilder> nested) {
        return add(control(key, nested).select(key));
    }

    /** A number with a value at first. */
    public Control.Number number(String key, double value) {
        return number(key, value, c -> {});
    }

    /** A number with a value at first, perhaps within bounds. */
    public Control.Number number(String key, double value, Consumer<ControlBuilder> nested) {
        return add(control(key, nested).number(key, value));
    }

    /** A text, empty at first. */
    public Control.Text text(String key) {
        return text(key, c -> {});
    }

    /** A text. */
    public Control.Text text(String key, Consumer<ControlBuilder> nested) {
        return add(control(key, nested).text(key));
    }

    /** On or off. */
    public Control.Toggle toggle(String key, boolean value) {
        return toggle(key, value, c -> {});
    }

    /** On or off. */
    public Control.Toggle toggle(String key, boolean value, Consumer<ControlBuilder> nested) {
        return add(new Control.Toggle(key, control(key, nested).title(), value));
    }

    /** One cell. */
    public Panel panel(String heading, Consumer<PanelBuilder> nested) {
        PanelBuilder builder = new PanelBuilder(place.child("panels").child(panels.size()), heading);
        nested.accept(builder);
        Panel panel = builder.build();
        panels.add(panel);
        return panel;
    }

    Renaming renaming() {
        return renaming;
    }

    Dashboard build(String key) {
        return new Dashboard(key, Optional.ofNullable(title), List.copyOf(controls.values()), panels);
    }

    private ControlBuilder control(String key, Consumer<ControlBuilder> nested) {
        ControlBuilder builder = new ControlBuilder(place.child("controls").child(key));
        nested.accept(builder);
        return builder;
    }

    private <T extends Control> T add(T control) {
        place.child("controls").once(control.key(), controls.putIfAbsent(control.key(), control), control);
        return control;
    }
}
