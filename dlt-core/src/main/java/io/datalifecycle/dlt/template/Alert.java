package io.datalifecycle.dlt.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A condition over a metric, held per label set. Immutable.
 *
 * @param key name
 * @param title name for people; may hold label names as <code>${asset_id}</code>
 * @param metric what is evaluated
 * @param with metric input to binding; controls and rows cannot be bound here
 * @param by columns of the metric that make the label set; empty takes the metric's own {@code by}
 * @param raise expression over {@code value}, the row's columns and {@code param.…}: true means the alert should fire
 * @param clear expression that ends it; empty for "not raise"
 * @param pendingFor how long {@code raise} must hold before it fires (YAML {@code for}); zero for at once
 * @param keepFiring how long it goes on firing after {@code clear} holds; zero for not at all
 * @param noDataAfter after how long without a row of a label set it goes to no-data; empty for never
 * @param severity how grave
 * @param every how often it is evaluated
 * @param sendTo channels that are told (YAML {@code notify})
 */
public record Alert(
        String key,
        Optional<String> title,
        Ref metric,
        Map<String, Binding> with,
        List<String> by,
        String raise,
        Optional<String> clear,
        Duration pendingFor,
        Duration keepFiring,
        Optional<Duration> noDataAfter,
        Severity severity,
        Duration every,
        List<String> sendTo) {

    /** How often an alert is evaluated when a template does not say. */
    public static final Duration DEFAULT_EVERY = Duration.ofMinutes(1);

    public Alert {
        with = Values.copy(with);
        by = List.copyOf(by);
        sendTo = List.copyOf(sendTo);
    }
}
