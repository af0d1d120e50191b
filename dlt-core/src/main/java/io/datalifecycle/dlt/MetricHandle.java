package io.datalifecycle.dlt;

import io.datalifecycle.dlt.metric.MetricResult;
import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.LinkedHashMap;
import java.util.Map;

/** A metric of a workspace with the inputs given so far. Immutable, thread-safe. */
public final class MetricHandle {

    private final Engine engine;
    private final WorkspaceContext workspace;
    private final Metric metric;
    private final Map<String, Object> inputs;

    MetricHandle(Engine engine, WorkspaceContext workspace, Metric metric, Map<String, Object> inputs) {
        this.engine = engine;
        this.workspace = workspace;
        this.metric = metric;
        this.inputs = inputs;
    }

    /** The same metric with one more input; text is taken for times and numbers too. */
    public MetricHandle with(String input, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(inputs);
        more.put(input, value);
        return new MetricHandle(engine, workspace, metric, more);
    }

    /**
     * The answer in the declared shape. Throws {@link io.datalifecycle.dlt.problem.InvalidInputException} for a missing or wrong input,
     * {@link io.datalifecycle.dlt.problem.IsolationException} and other {@link io.datalifecycle.dlt.problem.DltException}s of the engine.
     */
    public MetricResult evaluate() {
        return engine.metrics.evaluate(workspace, metric, inputs);
    }

    /** The rows behind the answer. */
    public TransformEngine.Rows rows() {
        return engine.metrics.rows(workspace, metric, inputs);
    }
}
