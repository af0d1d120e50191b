package io.datalifecycle.dlt.metric.internal;

import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSource;
import io.datalifecycle.dlt.template.MetricSourceKind;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates metrics: inputs bound, engine picked, rows shaped. Thread-safe. */
public final class MetricEvaluator {

    private final Map<MetricSourceKind, TransformEngine> engines = new EnumMap<>(MetricSourceKind.class);
    private final InstantSource clock;
    private final DltListener listener;

    /** Two engines for one kind are refused. Expressions over metrics are computed here. */
    public MetricEvaluator(List<TransformEngine> engines, InstantSource clock, DltListener listener) {
        this.clock = clock;
        this.listener = listener;
        for (TransformEngine engine : engines) {
            for (MetricSourceKind kind : engine.kinds()) {
                TransformEngine other = this.engines.put(kind, engine);
                if (other != null || kind == MetricSourceKind.EXPRESSION) {
                    throw new DltException(
                            ProblemCode.PLUGIN_CONFLICT,
                            "metrics of kind " + kind.label()
                                    + " have two engines; remove one of "
                                    + engine.getClass().getName()
                                    + (other == null
                                            ? ""
                                            : " and " + other.getClass().getName()));
                }
            }
        }
    }

    /** The rows of a metric. Throws {@code INPUT_MISSING}, {@code INPUT_INVALID}, and what engines throw. */
    public TransformEngine.Rows rows(
            WorkspaceContext workspace, Metric metric, Map<String, ? extends @Nullable Object> inputs) {
        Map<String, @Nullable Object> bound = InputBinding.bind(metric, inputs);
        java.time.Instant started = clock.instant();
        TransformEngine.Rows rows = compute(workspace, metric, bound);
        listener.onMetric(workspace, metric.key(), Duration.between(started, clock.instant()));
        return rows;
    }

    /** The answer of a metric in its declared shape. */
    public MetricResult evaluate(
            WorkspaceContext workspace, Metric metric, Map<String, ? extends @Nullable Object> inputs) {
        return ResultReading.of(metric).read(rows(workspace, metric, inputs));
    }

    private TransformEngine.Rows compute(
            WorkspaceContext workspace, Metric metric, Map<String, @Nullable Object> bound) {
        if (metric.source() instanceof MetricSource.Expression expression) {
            return new MetricExpression(this, workspace, metric, expression).rows(bound);
        }
        TransformEngine engine = engines.get(metric.source().kind());
        if (engine == null) {
            throw new DltException(
                    ProblemCode.CONFIGURATION,
                    "metric " + metric.key() + ": nothing evaluates metrics of kind "
                            + metric.source().kind().label() + "; add the plug-in that does when building Dlt");
        }
        return engine.evaluate(workspace, metric, bound, TransformEngine.Limits.DEFAULT);
    }
}
