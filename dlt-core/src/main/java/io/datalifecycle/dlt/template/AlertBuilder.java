package io.datalifecycle.dlt.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Declares an alert over a metric. Not thread-safe. */
public final class AlertBuilder {

    private final Place place;
    private final Renaming renaming;
    private final Map<String, Binding> with = new LinkedHashMap<>();
    private final List<String> sendTo = new ArrayList<>();
    private @Nullable String title;
    private @Nullable Ref metric;
    private @Nullable List<String> by;
    private @Nullable String raise;
    private @Nullable String clear;
    private @Nullable Duration pendingFor;
    private @Nullable Duration keepFiring;
    private @Nullable Duration noDataAfter;
    private @Nullable Severity severity;
    private @Nullable Duration every;

    AlertBuilder(Place place) {
        this.place = place;
        this.renaming = new Renaming(place);
    }

    /** Key that it had in the version before; its rows and states are kept. */
    public AlertBuilder renamedFrom(String oldKey) {
        renaming.from(oldKey);
        return this;
    }

    /** Name for people. */
    public AlertBuilder title(String value) {
        title = place.once("title", title, value);
        return this;
    }

    /** What is evaluated. */
    public AlertBuilder metric(Metric value) {
        return metric(value.key());
    }

    /** What is evaluated, by key. */
    public AlertBuilder metric(String key) {
        metric = place.once("metric", metric, place.ref("metric", key, RefKind.METRIC));
        return this;
    }

    /** Feeds an input of the metric: {@code param.key}, {@code now}, {@code now-PT1H} or a literal. */
    public AlertBuilder with(String input, String binding) {
        return with(input, place.binding("with", input, binding));
    }

    /** Feeds an input of the metric; controls and rows cannot be bound here. */
    public AlertBuilder with(String input, Binding binding) {
        place.child("with").once(input, with.putIfAbsent(input, binding), binding);
        return this;
    }

    /** Columns that make the label set. */
    public AlertBuilder by(String... columns) {
        by = place.once("by", by, List.of(columns));
        return this;
    }

    /** Expression that is true when it should fire. */
    public AlertBuilder raise(String expression) {
        raise = place.once("raise", raise, expression);
        return this;
    }

    /** Expression that ends it. */
    public AlertBuilder clear(String expression) {
        clear = place.once("clear", clear, expression);
        return this;
    }

    /** How long {@code raise} must hold first (YAML {@code for}). */
    public AlertBuilder pendingFor(Duration value) {
        pendingFor = place.once("for", pendingFor, value);
        return this;
    }

    /** How long it goes on firing after it is clear. */
    public AlertBuilder keepFiring(Duration value) {
        keepFiring = place.once("keep_firing", keepFiring, value);
        return this;
    }

    /** After how long without data it goes to no-data (YAML {@code no_data.after}). */
    public AlertBuilder noDataAfter(Duration value) {
        noDataAfter = place.once("no_data", noDataAfter, value);
        return this;
    }

    /** How grave. */
    public AlertBuilder severity(Severity value) {
        severity = place.once("severity", severity, value);
        return this;
    }

    /** How often it is evaluated. */
    public AlertBuilder every(Duration value) {
        every = place.once("every", every, value);
        return this;
    }

    /** Channels that are told (YAML {@code notify}). */
    public AlertBuilder sendTo(Channel... channels) {
        for (Channel channel : channels) {
            sendTo.add(channel.key());
        }
        return this;
    }

    /** Channels that are told, by key (YAML {@code notify}). */
    public AlertBuilder sendTo(String... channels) {
        sendTo.addAll(List.of(channels));
        return this;
    }

    Renaming renaming() {
        return renaming;
    }

    Alert build(String key) {
        return new Alert(
                key,
                Optional.ofNullable(title),
                place.need("metric", metric, Ref.metric("")),
                with,
                by == null ? List.of() : by,
                place.need("raise", raise, "false"),
                Optional.ofNullable(clear),
                pendingFor == null ? Duration.ZERO : pendingFor,
                keepFiring == null ? Duration.ZERO : keepFiring,
                Optional.ofNullable(noDataAfter),
                severity == null ? Severity.WARNING : severity,
                every == null ? Alert.DEFAULT_EVERY : every,
                sendTo);
    }
}
