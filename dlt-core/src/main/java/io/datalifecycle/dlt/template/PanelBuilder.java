package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.problem.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Declares a panel: what it shows, what feeds its metric's inputs, where it stands and where a click leads. Not thread-safe. */
public final class PanelBuilder {

    private final Place place;
    private final String title;
    private final Map<String, Binding> with = new LinkedHashMap<>();
    private final Map<String, Binding> thresholds = new LinkedHashMap<>();
    private @Nullable PanelKind kind;
    private @Nullable Ref metric;
    private @Nullable GridArea at;
    private @Nullable Redirect redirect;
    private @Nullable Boolean stacked;
    private @Nullable String latitude;
    private @Nullable String longitude;
    private @Nullable String label;
    private @Nullable String value;
    private @Nullable List<String> columns;
    private @Nullable List<String> alerts;
    private @Nullable String text;

    PanelBuilder(Place place, String title) {
        this.place = place;
        this.title = title;
    }

    /** Lines over time. */
    public PanelBuilder timeSeries(Metric metric) {
        return timeSeries(metric.key());
    }

    /** Lines over time. The metric is named by key. */
    public PanelBuilder timeSeries(String metric) {
        return shows(PanelKind.TIME_SERIES, metric);
    }

    /** Bars per category. */
    public PanelBuilder bar(Metric metric) {
        return bar(metric.key());
    }

    /** Bars per category. The metric is named by key. */
    public PanelBuilder bar(String metric) {
        return shows(PanelKind.BAR, metric);
    }

    /** Shares of a whole. */
    public PanelBuilder pie(Metric metric) {
        return pie(metric.key());
    }

    /** Shares of a whole. The metric is named by key. */
    public PanelBuilder pie(String metric) {
        return shows(PanelKind.PIE, metric);
    }

    /** Rows. */
    public PanelBuilder table(Metric metric) {
        return table(metric.key());
    }

    /** Rows. The metric is named by key. */
    public PanelBuilder table(String metric) {
        return shows(PanelKind.TABLE, metric);
    }

    /** One large number. */
    public PanelBuilder stat(Metric metric) {
        return stat(metric.key());
    }

    /** One large number. The metric is named by key. */
    public PanelBuilder stat(String metric) {
        return shows(PanelKind.STAT, metric);
    }

    /** Points on a map, from columns in degrees. */
    public PanelBuilder map(Metric metric, String latitude, String longitude) {
        return map(metric.key(), latitude, longitude);
    }

    /** Points on a map, from columns in degrees. The metric is named by key. */
    public PanelBuilder map(String metric, String latitude, String longitude) {
        this.latitude = place.once("latitude", this.latitude, latitude);
        this.longitude = place.once("longitude", this.longitude, longitude);
        return shows(PanelKind.MAP, metric);
    }

    /** Alerts of the workspace: all, or those named. */
    public PanelBuilder alertList(String... keys) {
        kind = place.once("type", kind, PanelKind.ALERT_LIST);
        alerts = List.of(keys);
        return this;
    }

    /** Words for people in CommonMark. */
    public PanelBuilder text(String words) {
        kind = place.once("type", kind, PanelKind.TEXT);
        text = words;
        return this;
    }

    /** Feeds an input of the metric. */
    public PanelBuilder with(String input, Binding binding) {
        place.child("with").once(input, with.putIfAbsent(input, binding), binding);
        return this;
    }

    /** Feeds an input of the metric from a control. */
    public PanelBuilder with(String input, Control control) {
        return with(input, control.binding());
    }

    /** Feeds an input of the metric; forms as in {@link Binding}. */
    public PanelBuilder with(String input, String binding) {
        return with(input, place.binding("with", input, binding));
    }

    /** Place on the grid of 12 columns. */
    public PanelBuilder at(int x, int y, int w, int h) {
        try {
            at = place.once("at", at, new GridArea(x, y, w, h));
        } catch (IllegalArgumentException e) {
            place.error(ProblemCode.BAD_VALUE, "at", Objects.requireNonNullElse(e.getMessage(), "at"), "");
            at = GridArea.NONE;
        }
        return this;
    }

    /** A horizontal line of a time series, or the number from which a severity holds in a stat. */
    public PanelBuilder threshold(String name, double number) {
        return threshold(name, Double.toString(number));
    }

    /** A threshold from a number or {@code param.key}. */
    public PanelBuilder threshold(String name, String binding) {
        Binding limit = place.binding("thresholds", name, binding);
        place.child("thresholds").once(name, thresholds.putIfAbsent(name, limit), limit);
        return this;
    }

    /** Stacks the bars of a category. */
    public PanelBuilder stacked() {
        stacked = place.once("stacked", stacked, true);
        return this;
    }

    /** Column that names the points of a map. */
    public PanelBuilder label(String column) {
        label = place.once("label", label, column);
        return this;
    }

    /** Column that sizes or colours the points of a map. */
    public PanelBuilder value(String column) {
        value = place.once("value", value, column);
        return this;
    }

    /** Columns of a table, in order. */
    public PanelBuilder columns(String... names) {
        columns = place.once("columns", columns, List.of(names));
        return this;
    }

    /** Where a click leads. */
    public PanelBuilder redirect(Dashboard to, Consumer<RedirectBuilder> nested) {
        return redirect(to.ref().toString(), nested);
    }

    /** Where a click leads, as {@code dashboard:key}. */
    public PanelBuilder redirect(String to, Consumer<RedirectBuilder> nested) {
        RedirectBuilder builder = new RedirectBuilder(place.child("redirect"), to);
        nested.accept(builder);
        redirect = place.once("redirect", redirect, builder.build());
        return this;
    }

    Panel build() {
        Panel.Frame frame = new Panel.Frame(title, place.need("at", at, GridArea.NONE), Optional.ofNullable(redirect));
        PanelKind shown = place.need("type", kind, PanelKind.TEXT);
        Panel.Query query = new Panel.Query(metric == null ? Ref.metric("") : metric, with);
        return switch (shown) {
            case TIME_SERIES -> new Panel.TimeSeries(frame, query, thresholds);
            case BAR -> new Panel.Bar(frame, query, stacked != null);
            case PIE -> new Panel.Pie(frame, query);
            case MAP ->
                new Panel.Map2D(
                        frame,
                        query,
                        place.need("latitude", latitude, ""),
                        place.need("longitude", longitude, ""),
                        Optional.ofNullable(label),
                        Optional.ofNullable(value));
            case TABLE -> new Panel.Table(frame, query, columns == null ? List.of() : columns);
            case STAT -> new Panel.Stat(frame, query, thresholds);
            case ALERT_LIST -> new Panel.AlertList(frame, alerts == null ? List.of() : alerts);
            case TEXT -> new Panel.Text(frame, text == null ? "" : text);
        };
    }

    private PanelBuilder shows(PanelKind shown, String key) {
        kind = place.once("type", kind, shown);
        metric = place.once("metric", metric, place.ref("metric", key, RefKind.METRIC));
        return this;
    }
}
