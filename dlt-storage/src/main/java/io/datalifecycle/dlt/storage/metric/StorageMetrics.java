package io.datalifecycle.dlt.storage.metric;

import io.datalifecycle.dlt.spi.TransformEngine;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSourceKind;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that the storage evaluates, as one. Thread-safe. */
public final class StorageMetrics implements TransformEngine {

    private final Map<MetricSourceKind, TransformEngine> byKind = new EnumMap<>(MetricSourceKind.class);

    public StorageMetrics(List<TransformEngine> all) {
        all.forEach(engine -> engine.kinds().forEach(kind -> byKind.put(kind, engine)));
    }

    @Override
    public Set<MetricSourceKind> kinds() {
        return Set.copyOf(byKind.keySet());
    }

    @Override
    public Rows evaluate(
            WorkspaceContext workspace, Metric metric, Map<String, @Nullable Object> inputs, Limits limits) {
        TransformEngine engine = byKind.get(metric.source().kind());
        if (engine == null) {
            throw new IllegalArgumentException("kind: " + metric.source().kind() + " is not one of " + kinds());
        }
        return engine.evaluate(workspace, metric, inputs, limits);
    }
}
