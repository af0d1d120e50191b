package io.datalifecycle.dlt.alert.internal;

import io.datalifecycle.dlt.alert.AlertMachine;
import io.datalifecycle.dlt.alert.AlertStep;
import io.datalifecycle.dlt.alert.Evaluation;
import io.datalifecycle.dlt.metric.internal.MetricEvaluator;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.StoreUnavailableException;
import io.datalifecycle.dlt.spi.AlertStatus;
import io.datalifecycle.dlt.spi.AlertStore;
import io.datalifecycle.dlt.spi.AlertTransition;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.Outbox;
import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.template.Alert;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Evaluates one alert: metric, machine per label set, then states, history and messages in one transaction. Thread-safe. */
public final class AlertEvaluator {

    private final AlertStore store;
    private final MetricEvaluator metrics;
    private final AlertAnnouncer announcer;
    private final InstantSource clock;
    private final DltListener listener;

    /** Whoever turns changes into messages is a higher feature, so it is given. */
    public AlertEvaluator(
            AlertStore store,
            MetricEvaluator metrics,
            AlertAnnouncer announcer,
            InstantSource clock,
            DltListener listener) {
        this.store = store;
        this.metrics = metrics;
        this.announcer = announcer;
        this.clock = clock;
        this.listener = listener;
    }

    /** Makes the messages that tell people of changes. */
    @FunctionalInterface
    public interface AlertAnnouncer {
        List<Outbox.Draft> announce(WorkspaceContext workspace, Alert alert, List<AlertTransition> news, Instant at);
    }

    /**
     * Evaluates an alert now and gives every change of state. A metric that fails is a state of the alert, not an exception; a
     * database that is away is thrown, and nothing has changed.
     */
    public List<AlertTransition> evaluate(WorkspaceContext workspace, Alert alert) {
        Instant now = clock.instant();
        Map<Map<String, String>, AlertStatus> before = new LinkedHashMap<>();
        store.load(workspace, Optional.of(alert.key())).forEach(status -> before.put(status.labels(), status));
        Map<Map<String, String>, Evaluation> seen = see(workspace, alert, before, now);
        List<AlertStatus> states = new ArrayList<>();
        List<AlertTransition> transitions = new ArrayList<>();
        seen.forEach((labels, evaluation) -> {
            AlertStep step = AlertMachine.next(alert, labels, Optional.ofNullable(before.get(labels)), evaluation, now);
            states.add(step.status());
            step.transition().ifPresent(transitions::add);
        });
        List<AlertTransition> news =
                transitions.stream().filter(AlertStep::isNews).toList();
        List<Outbox.Draft> messages = news.isEmpty() ? List.of() : announcer.announce(workspace, alert, news, now);
        if (!store.save(workspace, alert.key(), states, transitions, messages)) {
            return List.of(); // another node was faster; its answer stands
        }
        transitions.forEach(transition -> listener.onAlert(workspace, transition));
        return List.copyOf(transitions);
    }

    private Map<Map<String, String>, Evaluation> see(
            WorkspaceContext workspace, Alert alert, Map<Map<String, String>, AlertStatus> before, Instant now) {
        Map<Map<String, String>, Evaluation> seen = new LinkedHashMap<>();
        try {
            judgeRows(workspace, alert, now, seen);
        } catch (StoreUnavailableException away) {
            throw away;
        } catch (DltException failure) {
            seen.clear();
            Evaluation failed = Evaluation.failed(String.valueOf(failure.getMessage()));
            before.keySet().forEach(labels -> seen.put(labels, failed));
            if (seen.isEmpty()) {
                seen.put(Map.of(), failed);
            }
            return seen;
        }
        before.keySet().forEach(labels -> {
            // the empty label set only stood for "the metric failed" where the alert has labels
            boolean placeholder = labels.isEmpty() && !seen.isEmpty();
            seen.putIfAbsent(labels, placeholder ? Evaluation.row(false, true, Double.NaN, now) : Evaluation.noRow());
        });
        return seen;
    }

    /** What an alert would see at an instant, by label set, without its states: nothing is noted and nobody is told. A metric that fails throws. */
    public Map<Map<String, String>, Evaluation> judge(WorkspaceContext workspace, Alert alert, Instant at) {
        Map<Map<String, String>, Evaluation> seen = new LinkedHashMap<>();
        judgeRows(workspace, alert, at, seen);
        return seen;
    }

    /**
     * The values of an alert as of an instant, by label set, without judging them: for pictures of how it came. NaN for no value. Only
     * what is bound relative to the evaluation moves with the instant.
     */
    public Map<Map<String, String>, Double> values(WorkspaceContext workspace, Alert alert, Instant at) {
        Metric metric = workspace.template().metric(alert.metric().key()).orElseThrow();
        TransformEngine.Rows rows = metrics.rows(workspace, metric, AlertInputs.of(workspace, alert, at));
        AlertColumns columns = AlertColumns.of(workspace, alert, metric, rows);
        Map<Map<String, String>, Double> values = new LinkedHashMap<>();
        for (List<@Nullable Object> cells : rows.rows()) {
            Map<String, @Nullable Object> row = named(rows, cells);
            Object value = row.get(columns.value());
            values.put(AlertRow.labels(columns.by(), row), value instanceof Number n ? n.doubleValue() : Double.NaN);
        }
        return values;
    }

    private void judgeRows(
            WorkspaceContext workspace, Alert alert, Instant now, Map<Map<String, String>, Evaluation> seen) {
        Metric metric = workspace.template().metric(alert.metric().key()).orElseThrow();
        TransformEngine.Rows rows = metrics.rows(workspace, metric, AlertInputs.of(workspace, alert, now));
        AlertColumns columns = AlertColumns.of(workspace, alert, metric, rows);
        AlertRow conditions = new AlertRow(alert, workspace.parameters());
        Map<Map<String, String>, Instant> newest = new LinkedHashMap<>();
        for (List<@Nullable Object> cells : rows.rows()) {
            Map<String, @Nullable Object> row = named(rows, cells);
            Map<String, String> labels = AlertRow.labels(columns.by(), row);
            Instant rowAt = columns.rowAt(workspace, metric, row, now);
            Instant known = newest.get(labels);
            if (known == null || !rowAt.isBefore(known)) { // of several rows of a label set the newest decides
                newest.put(labels, rowAt);
                seen.put(labels, conditions.judge(row, row.get(columns.value()), rowAt));
            }
        }
    }

    private static Map<String, @Nullable Object> named(TransformEngine.Rows rows, List<@Nullable Object> cells) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            row.put(rows.columns().get(i).name(), cells.get(i));
        }
        return row;
    }
}
